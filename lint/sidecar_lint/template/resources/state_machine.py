"""The state machine that runs a job, tries it again, and ends it in time."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.template import iam
from sidecar_lint.template.decoding import integer
from sidecar_lint.template.intrinsics import ARN, CLUSTER, WORKLOAD, get_att, ref, split, sub
from sidecar_lint.template.network import assign_public_ip, security_groups, subnet_ids, subnets_export
from sidecar_lint.template.platform import platform_version
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.schedule import timeout_seconds
from sidecar_lint.template.values import NULL, Value, bare

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_DESCRIPTION: Final = "A state machine to invoke your job and handle retry and timeout logic"
_ROLE: Final = "An IAM role for a state machine to run ECS tasks in your cluster"
_BETWEEN: Final = '","'
_IN_CLUSTER: Final[Value] = {
    "ArnEquals": {
        "ecs:cluster": {
            "Fn::Sub": [
                ARN + "ecs:${AWS::Region}:${AWS::AccountId}:cluster/${ClusterID}",
                {"ClusterID": CLUSTER},
            ]
        }
    }
}
_RULE: Final = sub(ARN + "events:${AWS::Region}:${AWS::AccountId}:rule/StepFunctionsGetEventsForECSTaskRule")
_POLICY: Final = iam.policy(
    "StateMachine",
    iam.allow("iam:PassRole", [get_att("ExecutionRole.Arn"), get_att("TaskRole.Arn")]),
    iam.allow("ecs:RunTask", ref("TaskDefinition"), condition=_IN_CLUSTER),
    iam.allow(["ecs:StopTask", "ecs:DescribeTasks"], condition=_IN_CLUSTER),
    iam.allow(
        [
            "logs:CreateLogDelivery",
            "logs:GetLogDelivery",
            "logs:UpdateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:DescribeResourcePolicies",
            "logs:DescribeLogGroups",
        ]
    ),
    iam.allow(["events:PutTargets", "events:PutRule", "events:DescribeRule"], _RULE),
)
_ROLE_PROPERTIES: Final[Value] = {
    "AssumeRolePolicyDocument": iam.assumed_by("states.amazonaws.com"),
    "Policies": [_POLICY],
}
_LOGGING: Final[Value] = {
    "Destinations": [{"CloudWatchLogsLogGroup": {"LogGroupArn": get_att("LogGroup.Arn")}}],
    "IncludeExecutionData": True,
    "Level": "ALL",
}


def state_machine(stack: Stack) -> Resources:
    """`StateMachine` and `StateMachineRole`."""
    kind = "AWS::StepFunctions::StateMachine"
    yield "StateMachine", resource(kind, lambda: _properties(stack), _DESCRIPTION)
    yield "StateMachineRole", resource("AWS::IAM::Role", _ROLE_PROPERTIES, _ROLE)


def _properties(stack: Stack) -> Value:
    return {
        "StateMachineName": sub("${AppName}-${EnvName}-${WorkloadName}"),
        "RoleArn": get_att("StateMachineRole.Arn"),
        "LoggingConfiguration": _LOGGING,
        "DefinitionSubstitutions": {
            "ContainerName": WORKLOAD,
            "Cluster": CLUSTER,
            "TaskDefinition": ref("TaskDefinition"),
            "Partition": ref("AWS::Partition"),
            "Subnets": _joined(subnet_ids(stack) or split(subnets_export(stack))),
            "AssignPublicIp": assign_public_ip(stack),
            # Without a group there is nothing to join: the template is broken, as Copilot's is.
            "SecurityGroups": _joined(security_groups(stack) or NULL),
        },
        "DefinitionString": _text(_definition(stack)),
    }


def _joined(items: Value) -> Value:
    """A list as a part of a JSON text: the quotes around the whole are there already."""
    return {"Fn::Join": [_BETWEEN, items]}


def _definition(stack: Stack) -> dict[str, object]:
    seconds, retries = timeout_seconds(stack), bare(integer(stack.manifest.root, "retries"))
    network = {
        "Subnets": ["${Subnets}"],
        "AssignPublicIp": "${AssignPublicIp}",
        "SecurityGroups": ["${SecurityGroups}"],
    }
    task: dict[str, object] = {
        "Type": "Task",
        "Resource": "arn:${Partition}:states:::ecs:runTask.sync",
        "Parameters": {
            "LaunchType": "FARGATE",
            "PlatformVersion": platform_version(stack),
            "Cluster": "${Cluster}",
            "TaskDefinition": "${TaskDefinition}",
            "PropagateTags": "TASK_DEFINITION",
            "Group.$": "$$.Execution.Name",
            "NetworkConfiguration": {"AwsvpcConfiguration": network},
        },
    }
    if isinstance(retries, int) and retries > 0:
        retry = {
            "ErrorEquals": ["States.ALL"],
            "IntervalSeconds": 10,
            "MaxAttempts": retries,
            "BackoffRate": 1.5,
        }
        task["Retry"] = [retry]
    definition: dict[str, object] = {"Version": "1.0", "Comment": "Run AWS Fargate task"}
    if seconds is not None:
        definition["TimeoutSeconds"] = seconds
    name = "Run Fargate Task"
    return {**definition, "StartAt": name, "States": {name: {**task, "End": True}}}


def _text(definition: dict[str, object]) -> str:
    """JSON as Copilot lays it out: what is replaced stands in a list of one line; blanks at the end."""
    text = json.dumps(definition, indent=2)
    return re.sub(r'\[\s+("\$\{\w+\}")\s+\]', r"[\1]", text) + " " * 6
