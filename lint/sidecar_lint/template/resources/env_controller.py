"""What a workload asks of its environment's stack: load balancers, NAT gateways, a file system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.copilot_names import REQUEST_DRIVEN
from sidecar_lint.syntax.nodes import Scalar
from sidecar_lint.template import iam
from sidecar_lint.template.custom_resource import function
from sidecar_lint.template.intrinsics import ARN, WORKLOAD, get_att, sub
from sidecar_lint.template.load_balancer import all_aliases, has_load_balancer, imported, is_https
from sidecar_lint.template.network import is_private, placement
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.stack import Stack, once
from sidecar_lint.template.values import Sourced, Value, present
from sidecar_lint.template.volumes import task_volumes

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The version of the environment's template; the newest there is.
_ENVIRONMENT_VERSION: Final = "v1.34.0"
_ACTION: Final = "Update your environment's shared resources"
_ROLE: Final = "An IAM role to update your environment stack"
_ROLE_PROPERTIES: Final = iam.function_role(
    iam.policy(
        "EnvControllerStackUpdate",
        iam.allow(
            ["cloudformation:DescribeStacks", "cloudformation:UpdateStack"],
            sub(ARN + "cloudformation:${AWS::Region}:${AWS::AccountId}:stack/${AppName}-${EnvName}/*"),
            condition=iam.tagged("cloudformation"),
        ),
    ),
    iam.policy(
        "EnvControllerRolePass",
        iam.allow(
            ["iam:PassRole"],
            sub(ARN + "iam::${AWS::AccountId}:role/${AppName}-${EnvName}-CFNExecutionRole"),
            condition=iam.tagged("iam"),
        ),
    ),
)


def env_controller(stack: Stack) -> Resources:
    """`EnvControllerAction` with its function and role; App Runner needs them where it asks for something."""
    if stack.kind == REQUEST_DRIVEN and not parameters(stack):
        return
    kind = "Custom::EnvControllerFunction"
    yield "EnvControllerAction", resource(kind, lambda: _properties(stack), _ACTION)
    yield "EnvControllerFunction", function(stack, "EnvControllerFunction", "EnvControllerRole")
    yield "EnvControllerRole", resource("AWS::IAM::Role", _ROLE_PROPERTIES, _ROLE)


@once
def parameters(stack: Stack) -> list[Value]:
    """The parameters of the environment's stack that the workload's name is added to."""
    return list(_parameters(stack))


def _parameters(stack: Stack) -> Iterator[Value]:
    http = stack.manifest.get("http")
    if stack.is_load_balanced and imported(stack) is None:
        if not (isinstance(http, Scalar) and http.as_bool is False):
            yield Sourced("ALBWorkloads", http) if http else "ALBWorkloads"
        yield "Aliases"
    if stack.is_backend and http and has_load_balancer(stack) and imported(stack) is None:
        yield Sourced("InternalALBWorkloads", http)
    private = stack.manifest.get("http", "private") if stack.kind == REQUEST_DRIVEN else None
    if isinstance(private, Scalar) and private.as_bool:
        yield Sourced("AppRunnerPrivateWorkloads", private)
    node = placement(stack)
    if node is not None and is_private(stack):
        yield Sourced("NATWorkloads", node)
    volume = task_volumes(stack).managed
    if volume is not None:
        yield Sourced("EFSWorkloads", volume.section)


def _properties(stack: Stack) -> Value:
    return present(
        {
            "ServiceToken": get_att("EnvControllerFunction.Arn"),
            "Workload": WORKLOAD,
            "Aliases": _aliases(stack),
            "EnvStack": sub("${AppName}-${EnvName}"),
            "Parameters": parameters(stack),
            "EnvVersion": _ENVIRONMENT_VERSION,
        }
    )


def _aliases(stack: Stack) -> Value:
    """The names that the environment makes records for."""
    if not stack.is_load_balanced or imported(stack) is not None or not is_https(stack):
        return None
    return [Sourced(alias.text, alias) for alias in all_aliases(stack)] or None
