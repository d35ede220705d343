"""The target groups of the rules of `http`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Mapping, Scalar, as_mapping
from sidecar_lint.template.decoding import bare_text, boolean, integer, scalar, seconds
from sidecar_lint.template.fields import of_fields
from sidecar_lint.template.intrinsics import VPC
from sidecar_lint.template.load_balancer import ListenerRule, rules, target_group_id
from sidecar_lint.template.rereading import unquoted
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.values import Sourced, Value, bare, present

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_HTTPS_PORT: Final = 443
_DEREGISTRATION_DELAY: Final = 60


def target_groups(stack: Stack) -> Resources:
    """`TargetGroup` of each rule."""
    for rule in rules(stack):
        port = rule.target.port
        description = f"A target group to connect the load balancer to your service on port {port}"
        kind = "AWS::ElasticLoadBalancingV2::TargetGroup"
        yield (
            target_group_id(stack, rule.ordinal),
            resource(kind, partial(_properties, stack, rule), description),
        )


def health_check(check: Mapping) -> dict[str, Value]:
    """What every kind of target group takes from a `healthcheck`."""
    return present(
        {
            "HealthCheckPort": integer(check, "port"),
            "HealthyThresholdCount": integer(check, "healthy_threshold"),
            "UnhealthyThresholdCount": integer(check, "unhealthy_threshold"),
            "HealthCheckIntervalSeconds": seconds(check, "interval"),
            "HealthCheckTimeoutSeconds": seconds(check, "timeout"),
        }
    )


def deregistration_delay(section: Mapping) -> Value:
    """The attribute that says how long a target is waited for."""
    delay = seconds(section, "deregistration_delay") or _DEREGISTRATION_DELAY
    return {"Key": "deregistration_delay.timeout_seconds", "Value": delay}


def _properties(stack: Stack, rule: ListenerRule) -> Value:
    check, after_target = _whatever_target(stack, rule.section)
    properties = {
        **check,
        "HealthCheckProtocol": _health_check_protocol(rule, bare(check.get("HealthCheckPort"))),
        "Port": rule.target.number,
        "Protocol": "HTTPS" if rule.target.port == _HTTPS_PORT else "HTTP",
        **after_target,
    }
    return Sourced(present(properties), rule.section)


@of_fields("healthcheck", "version", "deregistration_delay", "stickiness")
def _whatever_target(section: Mapping) -> tuple[dict[str, Value], dict[str, Value]]:
    """What does not hang on the target, before and after what does."""
    check = as_mapping(section.get("healthcheck"))
    codes = bare_text(check, "success_codes")
    stickiness: Value = boolean(section, "stickiness") or False
    before = {
        "HealthCheckPath": _health_check_path(section),
        "Matcher": {"HttpCode": codes} if codes else None,
        **health_check(check),
    }
    after = {
        "ProtocolVersion": _version(scalar(section, "version")),
        "TargetGroupAttributes": [
            deregistration_delay(section),
            {"Key": "stickiness.enabled", "Value": stickiness},
        ],
        "TargetType": "ip",
        "VpcId": VPC,
    }
    return present(before), present(after)


def _health_check_path(section: Mapping) -> Value:
    node = section.get("healthcheck")
    path = node if isinstance(node, Scalar) else scalar(as_mapping(node), "path")
    if path is None:
        return "/"
    text = path.text if path.text.startswith("/") else f"/{path.text}"
    return unquoted(path, text)


def _health_check_protocol(rule: ListenerRule, check: object) -> str | None:
    if check == _HTTPS_PORT:
        return "HTTPS"
    if rule.target.port != _HTTPS_PORT:
        return None
    return "HTTPS" if check is None else "HTTP"


def _version(node: Scalar | None) -> Value:
    return Sourced(node.text.upper(), node) if node and node.text else None
