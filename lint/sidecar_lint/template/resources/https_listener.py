"""The rules of listeners with HTTPS: there is a certificate in the environment, or a domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Mapping, Scalar, Sequence
from sidecar_lint.template.decoding import boolean, scalar
from sidecar_lint.template.intrinsics import WORKLOAD, exported, join, sub
from sidecar_lint.template.load_balancer import ListenerRule, alb_attribute, all_aliases, rules
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.resources.http_listener import listener_arn
from sidecar_lint.template.resources.listener_rules import describe, listener_rule, priority_action
from sidecar_lint.template.stack import Stack, numbered
from sidecar_lint.template.values import Sourced, Value, bare

if TYPE_CHECKING:
    from collections.abc import Iterator

_HTTPS_ACTION: Final = "HTTPSRulePriorityAction"
_HTTP_ACTION: Final = "HTTPRuleWithDomainPriorityAction"
_RECORDS: Final = "AWS::Route53::RecordSetGroup"
_SUBDOMAIN: Final = exported("SubDomain")


def https_listener(stack: Stack) -> Resources:
    """`HTTPSListenerRule` and `HTTPListenerRuleWithDomain` of each rule, and the records of names."""
    yield from dns_records(stack)
    https, http = listener_arn(stack, "HTTPS"), listener_arn(stack, "HTTP")
    yield _HTTPS_ACTION, priority_action(stack, "HTTPS", https)
    yield _HTTP_ACTION, priority_action(stack, "HTTP", http)
    for rule in rules(stack):
        hosts, redirects = _hosts(rule), _redirects(stack, rule)
        yield (
            numbered("HTTPListenerRuleWithDomain", rule.ordinal),
            listener_rule(
                stack,
                rule,
                http,
                _HTTP_ACTION,
                hosts=hosts,
                redirects=redirects,
                description=describe(rule, "HTTP", redirects=redirects),
            ),
        )
        description = describe(rule, "HTTPS")
        made = listener_rule(stack, rule, https, _HTTPS_ACTION, hosts=hosts, description=description)
        yield numbered("HTTPSListenerRule", rule.ordinal), made


def _redirects(stack: Stack, rule: ListenerRule) -> bool:
    """Whether HTTP is redirected: always for an internal service, else unless that is turned off."""
    return stack.is_backend or bare(boolean(rule.section, "redirect_to_https")) is not False


def _hosts(rule: ListenerRule) -> Value:
    """The names that a rule answers to."""
    aliases = rule.aliases
    return [Sourced(each.text, each) for each in aliases] or [
        {"Fn::Join": [".", [WORKLOAD, _SUBDOMAIN]]},
    ]


def dns_records(stack: Stack) -> Resources:
    """The record of the workload itself, or those of its aliases in zones that the manifest names."""
    if not all_aliases(stack):
        description = "The default alias record for the application load balancer"
        yield "LoadBalancerDNSAlias", resource(_RECORDS, lambda: _default_record(stack), description)
        return
    for zone, names in hosted_zones(stack).items():
        description = f"Alias records for the application load balancer in hosted zone {zone}"
        yield f"LoadBalancerDNSAlias{zone}", resource(_RECORDS, _records(stack, zone, names), description)


def _default_record(stack: Stack) -> Value:
    record: Value = {"Name": join(".", WORKLOAD, _SUBDOMAIN, ""), "Type": "A", "AliasTarget": _target(stack)}
    return {
        "HostedZoneId": exported("HostedZone"),
        "Comment": sub("LoadBalancer alias for service ${WorkloadName}"),
        "RecordSets": [record],
    }


def _records(stack: Stack, zone: str, names: list[Scalar]) -> Value:
    records = [
        {"Name": Sourced(each.text, each), "Type": "A", "AliasTarget": _target(stack)} for each in names
    ]
    comment = f"LoadBalancer aliases for service ${{WorkloadName}} in hosted zone {zone}"
    return {"HostedZoneId": zone, "Comment": sub(comment), "RecordSets": records}


def _target(stack: Stack) -> Value:
    return {"HostedZoneId": alb_attribute(stack, "HostedZone"), "DNSName": alb_attribute(stack, "DNSName")}


def hosted_zones(stack: Stack) -> dict[str, list[Scalar]]:
    """The hosted zones that are known, with the names in each, once; those of the main rule only."""
    http = stack.manifest.mapping("http")
    everywhere = scalar(http, "hosted_zone")
    found: dict[str, dict[str, Scalar]] = {}
    for name, own in _names(http.get("alias")):
        zone = own or everywhere
        if zone is not None:
            found.setdefault(zone.text, {}).setdefault(name.text, name)
    return {zone: list(found[zone].values()) for zone in sorted(found)}


def _names(node: object) -> Iterator[tuple[Scalar, Scalar | None]]:
    """The names of an `alias`, and the zone that is written beside each."""
    items = node.items if isinstance(node, Sequence) else [node]
    for item in items:
        if isinstance(item, Scalar) and not item.is_null:
            yield item, None
        elif isinstance(item, Mapping) and (name := scalar(item, "name")):
            yield name, scalar(item, "hosted_zone")
