"""The role that the containers have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Scalar
from sidecar_lint.template import iam
from sidecar_lint.template.intrinsics import ARN, get_att, join, output_of_addons, ref, sub
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.topics import published
from sidecar_lint.template.values import Short, Sourced, Value, present
from sidecar_lint.template.volumes import imported_id, task_volumes
from sidecar_lint.workspace.addons import OutputKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.manifests.volumes import Volume
    from sidecar_lint.template.stack import Stack

_DESCRIPTION: Final = "An IAM role to control permissions for the containers in your tasks"
_ASSUMED: Final = iam.assumed_by("ecs-tasks.amazonaws.com")
_FILE_SYSTEM: Final = ARN + "elasticfilesystem:${AWS::Region}:${AWS::AccountId}:file-system"
_ACCESS_POINT: Final = ARN + "elasticfilesystem:${AWS::Region}:${AWS::AccountId}:access-point/"
_OF_ACCESS_POINT: Final = "elasticfilesystem:AccessPointArn"
_EXECUTE_COMMAND: Final = iam.policy(
    "ExecuteCommand",
    iam.allow(
        [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenDataChannel",
        ]
    ),
    iam.allow(
        ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    ),
)
_MANAGED_FILE_SYSTEM: Final = iam.policy(
    "GrantAccessCopilotManagedEFS",
    iam.allow(
        ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        [
            {
                "Fn::Sub": [
                    "arn:${partition}:elasticfilesystem:${region}:${account}:file-system/${fsid}",
                    {
                        "partition": ref("AWS::Partition"),
                        "region": ref("AWS::Region"),
                        "account": ref("AWS::AccountId"),
                        "fsid": get_att("EnvControllerAction.ManagedFileSystemID"),
                    },
                ]
            }
        ],
        condition={"StringEquals": {_OF_ACCESS_POINT: get_att("AccessPoint.Arn")}},
    ),
)
_TRACING: Final = iam.policy(
    "AWSDistroOpenTelemetryPolicy",
    iam.allow(
        [
            "logs:PutLogEvents",
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogStreams",
            "logs:DescribeLogGroups",
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
            "xray:GetSamplingStatisticSummaries",
        ]
    ),
)


def task_role(stack: Stack) -> Resources:
    """`TaskRole`."""
    yield (
        "TaskRole",
        resource("AWS::IAM::Role", lambda: role_properties(stack, _ASSUMED, _policies(stack)), _DESCRIPTION),
    )


def role_properties(stack: Stack, assumed: Value, policies: Iterable[Value]) -> Value:
    """The properties of a role of the workload's: who may assume it, and what it may do, by addons too."""
    return present(
        {
            "ManagedPolicyArns": managed_policies(stack),
            "AssumeRolePolicyDocument": assumed,
            "Policies": list(policies),
        }
    )


def managed_policies(stack: Stack) -> Value:
    """The policies that addons attach to a role; nothing where there are none."""
    outputs = stack.addon_outputs(OutputKind.POLICY)
    return [stack.from_addons(output_of_addons(output.name), output) for output in outputs] or None


def publish(stack: Stack) -> Iterator[Value]:
    """That the topics of the workload may be published to."""
    topics = published(stack)
    if topics:
        arns = [Sourced(ref(topic.id), topic.node) for topic in topics]
        yield iam.policy("Publish2SNS", iam.allow("sns:Publish", arns))


def _policies(stack: Stack) -> Iterator[Value]:
    yield iam.DENY_IAM
    if stack.exec is not None:
        yield Sourced(_EXECUTE_COMMAND, stack.exec)
    volumes = task_volumes(stack)
    for index, volume in enumerate(volumes.own_file_systems):
        yield Sourced(_own_file_system(volume, index), volume.section)
    if volumes.managed is not None:
        yield Sourced(_MANAGED_FILE_SYSTEM, volumes.managed.section)
    yield from publish(stack)
    if stack.tracing is not None:
        yield Sourced(_TRACING, stack.tracing)


def _own_file_system(volume: Volume, index: int) -> Value:
    """That a file system of the user's may be mounted, and written to where the manifest says so."""
    system, point = volume.file_system, volume.file_system.access_point
    actions = ["elasticfilesystem:ClientMount"]
    if volume.read_only is False:
        actions.append("elasticfilesystem:ClientWrite")
    condition = {"StringEquals": {_OF_ACCESS_POINT: sub(_ACCESS_POINT + point.text)}} if point else None
    name, arn = (
        _plain(system.id, index)
        if isinstance(system.id, Scalar)
        else _imported(imported_id(system.id), index)
    )
    return iam.policy(name, iam.allow(actions, [arn], condition=condition))


def _plain(node: Scalar, index: int) -> tuple[Value, Value]:
    return f"GrantEFSAccess{node.text}-{index}", sub(f"{_FILE_SYSTEM}/{node.text}")


def _imported(export: Value, index: int) -> tuple[Value, Value]:
    id_of = Short("ImportValue", export)
    return join("", "GrantEFSAccess", id_of, f"-{index}"), join("/", sub(_FILE_SYSTEM), id_of)
