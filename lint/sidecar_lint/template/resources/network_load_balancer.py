"""The Network Load Balancer of a service, its listeners and target groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import as_mapping
from sidecar_lint.template.decoding import bare_text, boolean
from sidecar_lint.template.intrinsics import VPC, exported, get_att, ref, split, sub
from sidecar_lint.template.network_load_balancer import TLS, NetworkListener, listeners
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.resources.network_load_balancer_names import names
from sidecar_lint.template.resources.target_groups import deregistration_delay, health_check
from sidecar_lint.template.values import Sourced, Value, present

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_BALANCER: Final = "A Network Load Balancer to distribute public traffic to your service"
_GROUP: Final = "A security group for your network load balancer allowing public traffic"
_INGRESS: Final = "Allow ingress from the network load balancer to services in your environment"
_SSL_POLICY: Final = "ELBSecurityPolicy-TLS13-1-2-2021-06"
_BALANCER_PROPERTIES: Final[Value] = {
    "Scheme": "internet-facing",
    "Subnets": split(exported("PublicSubnets")),
    "Type": "network",
    "SecurityGroups": [get_att("NetworkLoadBalancerSecurityGroup.GroupId")],
}
_INGRESS_PROPERTIES: Final[Value] = {
    "GroupId": exported("EnvironmentSecurityGroup"),
    "IpProtocol": -1,
    "SourceSecurityGroupId": get_att("NetworkLoadBalancerSecurityGroup.GroupId"),
}


def network_load_balancer(stack: Stack) -> Resources:
    """`PublicNetworkLoadBalancerV2`, and what belongs to it."""
    if not listeners(stack):
        return
    kind = "AWS::ElasticLoadBalancingV2::LoadBalancer"
    yield "PublicNetworkLoadBalancerV2", resource(kind, _BALANCER_PROPERTIES, _BALANCER)
    kind = "AWS::EC2::SecurityGroup"
    yield "NetworkLoadBalancerSecurityGroup", resource(kind, lambda: _security_group(stack), _GROUP)
    yield (
        "EnvironmentSecurityGroupIngressFromNetworkLoadBalancerSecurityGroup",
        resource("AWS::EC2::SecurityGroupIngress", _INGRESS_PROPERTIES, _INGRESS),
    )
    for listener in listeners(stack):
        yield from _listener(listener)
    yield from names(stack)


def _security_group(stack: Stack) -> Value:
    return {
        "GroupDescription": "Allow traffic to the public facing load balancer on listener ports",
        "SecurityGroupIngress": [_open(listener) for listener in listeners(stack)],
        "VpcId": VPC,
        "Tags": [{"Key": "Name", "Value": sub("copilot-${AppName}-${EnvName}-${WorkloadName}-nlb")}],
    }


def _open(listener: NetworkListener) -> Value:
    protocol, port = listener.target_protocol, listener.mapping.number
    return {
        "CidrIp": "0.0.0.0/0",
        "Description": f"Allow {protocol} traffic from anyone on listener port {port}",
        "FromPort": listener.port,
        "IpProtocol": protocol,
        "ToPort": listener.port,
    }


def _listener(listener: NetworkListener) -> Resources:
    port, target = listener.mapping.number, listener.target.port
    description = f"A {listener.protocol} listener on port `{port}` that forwards traffic to your tasks"
    kind = "AWS::ElasticLoadBalancingV2::Listener"
    yield listener.id, resource(kind, _properties(listener), description)
    description = f"A target group to connect the network load balancer to your service on port {target}"
    kind = "AWS::ElasticLoadBalancingV2::TargetGroup"
    yield listener.target_group_id, resource(kind, _target_group(listener), description)


def _properties(listener: NetworkListener) -> Value:
    properties: dict[str, Value] = {
        "DefaultActions": [{"TargetGroupArn": ref(listener.target_group_id), "Type": "forward"}],
        "LoadBalancerArn": ref("PublicNetworkLoadBalancerV2"),
        "Port": listener.port,
        "Protocol": listener.protocol,
    }
    if listener.protocol == TLS:
        properties["Certificates"] = [{"CertificateArn": ref("NLBCertValidatorAction")}]
        properties["SslPolicy"] = bare_text(listener.section, "ssl_policy") or _SSL_POLICY
    return Sourced(properties, listener.section)


def _target_group(listener: NetworkListener) -> Value:
    section = listener.section
    stickiness = boolean(section, "stickiness") if listener.protocol != TLS else None
    sticky: list[Value] = [{"Key": "stickiness.enabled", "Value": stickiness}] if stickiness else []
    properties: dict[str, Value] = {
        **health_check(as_mapping(section.get("healthcheck"))),
        "Port": listener.target.number,
        "Protocol": listener.target_protocol,
        "TargetGroupAttributes": [deregistration_delay(section), *sticky],
        "TargetType": "ip",
        "VpcId": VPC,
    }
    return Sourced(present(properties), section)
