"""The scaling of a service between two numbers of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template import iam
from sidecar_lint.template.count import bounds, scaling
from sidecar_lint.template.custom_resource import function
from sidecar_lint.template.intrinsics import (
    APPLICATION,
    ARN,
    CLUSTER,
    ENVIRONMENT,
    WORKLOAD,
    get_att,
    ref,
    sub,
)
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.resources.scaling_policies import scaling_policies
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Mapping
    from sidecar_lint.template.stack import Stack

_FUNCTION: Final = "DynamicDesiredCountFunction"
_ACTION: Final = "A custom resource returning the ECS service's running task count"
_ACTION_PROPERTIES: Final[Value] = {
    "ServiceToken": get_att(f"{_FUNCTION}.Arn"),
    "Cluster": CLUSTER,
    "App": APPLICATION,
    "Env": ENVIRONMENT,
    "Svc": WORKLOAD,
    "DefaultDesiredCount": ref("TaskCount"),
    # Another one each time, so that CloudFormation asks each time.
    "UpdateID": "<RANDOM_UUID>",
}
_ROLE: Final = "An IAM Role for describing number of running tasks in your ECS service"
_ROLE_PROPERTIES: Final = iam.function_role(
    iam.policy(
        "DelegateDesiredCountAccess",
        iam.allow(["ecs:DescribeServices"], sid="ECS", condition=iam.IN_CLUSTER),
        iam.allow(["resource-groups:GetResources"], sid="ResourceGroups"),
        iam.allow(["tag:GetResources"], sid="Tags"),
    )
)
_SCALING_ROLE: Final = "An IAM role for container auto scaling"
_SCALING_ROLE_PROPERTIES: Final[Value] = {
    "AssumeRolePolicyDocument": iam.assumed_by("ecs-tasks.amazonaws.com"),
    "ManagedPolicyArns": [sub(f"{ARN}iam::aws:policy/service-role/AmazonEC2ContainerServiceAutoscaleRole")],
}
_TARGET: Final = "An autoscaling target to scale your service's desired count"
_SERVICE_ID: Final[Value] = {"Fn::Join": ["/", ["service", CLUSTER, get_att("Service.Name")]]}


def autoscaling(stack: Stack) -> Resources:
    """`AutoScalingTarget`, its policies and role, and what finds out how many tasks run."""
    section = scaling(stack)
    if section is None:
        return
    yield "DynamicDesiredCountAction", resource(f"Custom::{_FUNCTION}", _ACTION_PROPERTIES, _ACTION)
    yield _FUNCTION, function(stack, _FUNCTION, f"{_FUNCTION}Role")
    yield f"{_FUNCTION}Role", resource("AWS::IAM::Role", _ROLE_PROPERTIES, _ROLE)
    yield "AutoScalingRole", resource("AWS::IAM::Role", _SCALING_ROLE_PROPERTIES, _SCALING_ROLE)
    kind = "AWS::ApplicationAutoScaling::ScalableTarget"
    yield "AutoScalingTarget", resource(kind, _target(section), _TARGET)
    yield from scaling_policies(stack, section)


def _target(section: Mapping) -> Value:
    least, most = bounds(section)
    properties = {
        "MinCapacity": least,
        "MaxCapacity": most,
        "ResourceId": _SERVICE_ID,
        "ScalableDimension": "ecs:service:DesiredCount",
        "ServiceNamespace": "ecs",
        "RoleARN": get_att("AutoScalingRole.Arn"),
    }
    return Sourced(properties, section)
