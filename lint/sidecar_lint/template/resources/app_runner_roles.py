"""The roles of an App Runner service: to get its image, and that of its container."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template import iam
from sidecar_lint.template.intrinsics import ARN, sub
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.resources.task_role import publish, role_properties
from sidecar_lint.template.values import Sourced, Value
from sidecar_lint.workspace.addons import OutputKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.template.stack import Stack

_ACCESS: Final = "An IAM Role for App Runner to use on your behalf to pull your image from ECR"
_ACCESS_PROPERTIES: Final[Value] = {
    "AssumeRolePolicyDocument": iam.assumed_by(["build.apprunner.amazonaws.com"]),
    "ManagedPolicyArns": [sub(f"{ARN}iam::aws:policy/service-role/AWSAppRunnerServicePolicyForECRAccess")],
}
_INSTANCE: Final = "An IAM role to control permissions for the containers in your service"
_ASSUMED: Final = iam.assumed_by(["tasks.apprunner.amazonaws.com"])
_SECRETS: Final = iam.policy("AccessCopilotTaggedSecrets", *iam.READ_SECRETS)
_TRACING: Final = iam.policy(
    "EnableAWSXRayTracing",
    iam.allow(
        [
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
            "xray:GetSamplingStatisticSummaries",
            "ssm:GetParameters",
        ]
    ),
)


def app_runner_roles(stack: Stack) -> Resources:
    """`AccessRole` and `InstanceRole`."""
    yield "AccessRole", resource("AWS::IAM::Role", _ACCESS_PROPERTIES, _ACCESS, condition="NeedsAccessRole")
    yield (
        "InstanceRole",
        resource("AWS::IAM::Role", lambda: role_properties(stack, _ASSUMED, _policies(stack)), _INSTANCE),
    )


def _policies(stack: Stack) -> Iterator[Value]:
    yield iam.DENY_IAM
    if stack.manifest.mapping("secrets").entries or stack.addon_outputs(OutputKind.SECRET):
        yield _SECRETS
    yield from publish(stack)
    if stack.tracing is not None:
        yield Sourced(_TRACING, stack.tracing)
