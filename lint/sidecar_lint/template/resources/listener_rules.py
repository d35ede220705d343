"""What the listener rules of all kinds of listeners have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template import iam
from sidecar_lint.template.custom_resource import function
from sidecar_lint.template.decoding import items
from sidecar_lint.template.intrinsics import get_att, ref
from sidecar_lint.template.load_balancer import ListenerRule, rules, target_group_id
from sidecar_lint.template.rereading import unquoted
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.stack import Stack, numbered
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_FUNCTION: Final = "RulePriorityFunction"
_ROLE: Final = "An IAM Role to describe load balancer rules for assigning a priority"
_ROLE_PROPERTIES: Final = iam.function_role(
    iam.policy("RulePriorityGeneratorAccess", iam.allow(["elasticloadbalancing:DescribeRules"]))
)
#: To the same address, over HTTPS.
REDIRECT: Final[Value] = {
    "Type": "redirect",
    "RedirectConfig": {
        "Protocol": "HTTPS",
        "Port": 443,
        "Host": "#{host}",
        "Path": "/#{path}",
        "Query": "#{query}",
        "StatusCode": "HTTP_301",
    },
}


def rule_priority_function(stack: Stack) -> Resources:
    """`RulePriorityFunction`, which finds free priorities, with its role."""
    handler = "index.nextAvailableRulePriorityHandler"
    yield _FUNCTION, function(stack, _FUNCTION, f"{_FUNCTION}Role", handler=handler)
    yield f"{_FUNCTION}Role", resource("AWS::IAM::Role", _ROLE_PROPERTIES, _ROLE)


def priority_action(stack: Stack, protocol: str, listener: Value) -> dict[str, Value]:
    """The resource that gives the rules of a listener their priorities."""
    properties: dict[str, Value] = {
        "ServiceToken": get_att(f"{_FUNCTION}.Arn"),
        "RulePath": [Sourced(rule.path, rule.path_node) for rule in rules(stack)],
        "ListenerArn": listener,
    }
    description = f"A custom resource assigning priority for {protocol} listener rules"
    return resource(f"Custom::{_FUNCTION}", properties, description)


def listener_rule(  # noqa: PLR0913  what rules differ in
    stack: Stack,
    rule: ListenerRule,
    listener: Value,
    priorities: str,
    *,
    hosts: Value = None,
    redirects: bool = False,
    description: str | None = None,
) -> dict[str, Value]:
    """A rule of a listener. `hosts` are the names that it answers to, if not all."""
    forward: Value = {"TargetGroupArn": ref(target_group_id(stack, rule.ordinal)), "Type": "forward"}
    properties: dict[str, Value] = {
        "Actions": [REDIRECT if redirects else forward],
        "Conditions": list(_conditions(rule, hosts)),
        "ListenerArn": listener,
        "Priority": get_att(f"{priorities}.{numbered('Priority', rule.ordinal)}"),
    }
    kind = "AWS::ElasticLoadBalancingV2::ListenerRule"
    return resource(kind, Sourced(properties, rule.section), description)


def describe(rule: ListenerRule, protocol: str, *, redirects: bool = False) -> str:
    """How Copilot describes a rule."""
    does = "redirects HTTP to HTTPS" if redirects else f"forwards {protocol} traffic to your tasks"
    return f"An {protocol} listener rule for path `{rule.path}` that {does}"


def _conditions(rule: ListenerRule, hosts: Value) -> Iterator[Value]:
    addresses = [unquoted(item, item=True) for item in items(rule.section.get("allowed_source_ips"))]
    if addresses:
        yield {"Field": "source-ip", "SourceIpConfig": {"Values": addresses}}
    if hosts is not None:
        yield {"Field": "host-header", "HostHeaderConfig": {"Values": hosts}}
    node = rule.path_node
    paths = ["/*"] if rule.path == "/" else [rule.path, f"{rule.path}/*"]
    values = [Sourced(path, node) for path in paths]
    yield {"Field": "path-pattern", "PathPatternConfig": {"Values": values}}
