"""The rules of a load balancer of the user's (`http.alb`); what only AWS knows of it are placeholders."""

from __future__ import annotations

from typing import Final

from sidecar_lint.template.intrinsics import get_att
from sidecar_lint.template.load_balancer import all_aliases, imported, imports_https, rules
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.resources.https_listener import dns_records
from sidecar_lint.template.resources.listener_rules import describe, listener_rule, priority_action
from sidecar_lint.template.stack import Stack, numbered
from sidecar_lint.template.values import Sourced, Value

_INGRESS: Final = "AWS::EC2::SecurityGroupIngress"
#: One for each security group of the load balancer; how many there are is not known.
_INGRESS_PROPERTIES: Final[Value] = {
    "GroupId": get_att("EnvControllerAction.EnvironmentSecurityGroup"),
    "Description": "Ingress from the imported ALB",
    "SourceSecurityGroupId": "<ALB_SECURITY_GROUP_ID>",
    "IpProtocol": -1,
}
_REDIRECTS: Final = "An HTTP listener rule that redirects HTTP to HTTPS"


def imported_load_balancer(stack: Stack) -> Resources:
    """The rules of its listeners: HTTPS where a rule has an alias, with HTTP redirected; else HTTP."""
    if all_aliases(stack):
        yield from dns_records(stack)
    if imports_https(stack):
        yield from _rules(stack, "HTTPS", "HTTPSRulePriorityAction", "HTTPSListenerRuleForImportedALB")
        action = "HTTPRedirectRulePriorityAction"
        yield from _rules(stack, "HTTP", action, "HTTPListenerRedirectRuleForImportedALB", redirects=True)
    else:
        yield from _rules(stack, "HTTP", "HTTPRulePriorityAction", "HTTPListenerRuleForImportedALB")
    if stack.is_load_balanced:
        yield "EnvironmentSecurityGroupIngressFromImportedALB", resource(_INGRESS, _INGRESS_PROPERTIES)


def _rules(stack: Stack, protocol: str, action: str, name: str, *, redirects: bool = False) -> Resources:
    balancer = imported(stack)
    listener: Value = f"<ALB_{protocol}_LISTENER_ARN>"
    listener = Sourced(listener, balancer) if balancer else listener
    yield action, priority_action(stack, protocol, listener)
    for rule in rules(stack):
        made = listener_rule(
            stack,
            rule,
            listener,
            action,
            hosts=[Sourced(each.text, each) for each in rule.aliases] or None,
            redirects=redirects,
            description=_REDIRECTS if redirects else describe(rule, protocol),
        )
        yield numbered(name, rule.ordinal), made
