"""The rules of a listener without HTTPS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template.intrinsics import WORKLOAD, get_att, join, sub
from sidecar_lint.template.load_balancer import rules
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.resources.listener_rules import describe, listener_rule, priority_action
from sidecar_lint.template.stack import Stack, numbered

if TYPE_CHECKING:
    from sidecar_lint.template.values import Value

_ACTION: Final = "HTTPRulePriorityAction"
#: The name of an internal service: `workload.environment.application.internal`.
INTERNAL_NAME: Final = join(".", WORKLOAD, get_att("EnvControllerAction.InternalWorkloadsHostedZoneName"))
_INTERNAL_HOSTS: Final[Value] = [get_att("EnvControllerAction.InternalLoadBalancerDNSName"), INTERNAL_NAME]
_ALIAS: Final[Value] = {
    "Comment": sub("Load balancer alias for service ${WorkloadName}"),
    "HostedZoneId": get_att("EnvControllerAction.InternalWorkloadsHostedZone"),
    "RecordSets": [
        {
            "Type": "A",
            "AliasTarget": {
                "HostedZoneId": get_att("EnvControllerAction.InternalLoadBalancerHostedZone"),
                "DNSName": get_att("EnvControllerAction.InternalLoadBalancerDNSName"),
            },
            "Name": INTERNAL_NAME,
        }
    ],
}


def listener_arn(stack: Stack, protocol: str) -> Value:
    """The environment's listener: the public one, or that of internal services."""
    side = "" if stack.is_load_balanced else "Internal"
    return get_att(f"EnvControllerAction.{side}{protocol}ListenerArn")


def http_listener(stack: Stack) -> Resources:
    """`HTTPListenerRule` of each rule, and the alias of an internal service."""
    hosts = None
    if stack.is_backend:
        hosts = _INTERNAL_HOSTS
        name = f"{stack.name}.{stack.environment}.{stack.application}.internal"
        description = f"Alias for {name} to the internal load balancer"
        yield "LoadBalancerInternalDNSAlias", resource("AWS::Route53::RecordSetGroup", _ALIAS, description)
    listener = listener_arn(stack, "HTTP")
    yield _ACTION, priority_action(stack, "HTTP", listener)
    for rule in rules(stack):
        made = listener_rule(stack, rule, listener, _ACTION, hosts=hosts, description=describe(rule, "HTTP"))
        yield numbered("HTTPListenerRule", rule.ordinal), made
