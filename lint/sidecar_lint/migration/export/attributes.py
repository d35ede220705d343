"""What resources are called by those that refer to them: in CloudFormation, and in Terraform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.template.placeholders import placeholder

if TYPE_CHECKING:
    from collections.abc import Mapping

#: By type: what is asked of a resource (nothing for `Ref`), and the attribute that Terraform has for it.
ATTRIBUTES: Final[dict[str, dict[str, str]]] = {
    "AWS::ApplicationAutoScaling::ScalableTarget": {"": "id"},
    "AWS::EC2::SecurityGroup": {"GroupId": "id"},
    "AWS::ECS::Service": {"": "id", "Name": "name"},
    "AWS::ECS::TaskDefinition": {"": "arn"},
    "AWS::EFS::AccessPoint": {"": "id", "Arn": "arn"},
    "AWS::ElasticLoadBalancingV2::LoadBalancer": {"": "arn"},
    "AWS::ElasticLoadBalancingV2::TargetGroup": {"": "arn", "TargetGroupFullName": "arn_suffix"},
    "AWS::IAM::Role": {"Arn": "arn"},
    "AWS::KMS::Key": {"": "key_id", "Arn": "arn"},
    "AWS::Logs::LogGroup": {"Arn": "arn"},
    "AWS::SNS::Topic": {"": "arn"},
    "AWS::SQS::Queue": {"": "id", "Arn": "arn", "QueueName": "name"},
    "AWS::ServiceDiscovery::Service": {"Arn": "arn"},
    "AWS::StepFunctions::StateMachine": {"": "arn"},
}

#: The resources of the task itself, by logical id.
TASK: Final = {
    "LogGroup": "AWS::Logs::LogGroup",
    "TaskRole": "AWS::IAM::Role",
    "ExecutionRole": "AWS::IAM::Role",
    "TaskDefinition": "AWS::ECS::TaskDefinition",
}


class ResourceAttribute(NamedTuple):
    """What is asked of a resource of the template; `name` is empty for `Ref`."""

    resource: str
    name: str


def attributes(resources: Mapping[str, Any]) -> dict[str, ResourceAttribute]:
    """What may be asked of the task and of resources, by the placeholders (without brackets) that stand for it."""
    found = {}
    types = {**TASK, **{name: each["Type"] for name, each in resources.items()}}
    for logical_id, kind in types.items():
        for name in ATTRIBUTES.get(kind, {"": ""}):
            found[placeholder(logical_id + name)[1:-1]] = ResourceAttribute(logical_id, name)
    return found
