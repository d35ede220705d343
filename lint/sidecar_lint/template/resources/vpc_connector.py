"""The way of an App Runner service into the environment's VPC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template.app_runner import has_vpc_connector, tags
from sidecar_lint.template.intrinsics import APPLICATION, ENVIRONMENT, VPC, WORKLOAD, exported, join, ref, sub
from sidecar_lint.template.network import placement, subnets
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.resources.env_controller import parameters
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_GROUP: Final = "A security group for your addons/ resources to allow ingress from your service"
_GROUP_PROPERTIES: Final[Value] = {
    # Copilot has no dash before the workload's name here.
    "GroupDescription": join("", APPLICATION, "-", ENVIRONMENT, WORKLOAD),
    "VpcId": VPC,
    "Tags": [{"Key": "Name", "Value": sub("copilot-${AppName}-${EnvName}-${WorkloadName}")}],
}
_INGRESS: Final = "Allow ingress from the app runner service to services in your environment"
_INGRESS_PROPERTIES: Final[Value] = {
    "GroupId": exported("EnvironmentSecurityGroup"),
    "IpProtocol": -1,
    "SourceSecurityGroupId": ref("ServiceSecurityGroup"),
}
_CONNECTOR: Final = "A VPC connector to link your service to subnets in your environment"


def vpc_connector(stack: Stack) -> Resources:
    """`VpcConnector`, with a security group of its own."""
    if not has_vpc_connector(stack):
        return
    yield "ServiceSecurityGroup", resource("AWS::EC2::SecurityGroup", _GROUP_PROPERTIES, _GROUP)
    yield (
        "EnvironmentSecurityGroupIngressFromServiceSecurityGroup",
        resource("AWS::EC2::SecurityGroupIngress", _INGRESS_PROPERTIES, _INGRESS),
    )
    kind = "AWS::AppRunner::VpcConnector"
    depends_on = "EnvControllerAction" if parameters(stack) else None
    yield "VpcConnector", resource(kind, lambda: _properties(stack), _CONNECTOR, depends_on=depends_on)


def _properties(stack: Stack) -> Value:
    properties = {
        "Subnets": subnets(stack),
        "SecurityGroups": [ref("ServiceSecurityGroup"), exported("EnvironmentSecurityGroup")],
        "Tags": tags(stack),
    }
    node = placement(stack)
    return Sourced(properties, node) if node else properties
