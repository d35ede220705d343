"""The names under which a Network Load Balancer is reached, and the certificate for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template import iam
from sidecar_lint.template.custom_resource import function
from sidecar_lint.template.intrinsics import (
    APPLICATION,
    ARN,
    ENVIRONMENT,
    WORKLOAD,
    exported,
    get_att,
    join,
    sub,
)
from sidecar_lint.template.network_load_balancer import TLS, listeners, nlb_aliases
from sidecar_lint.template.rereading import unquoted
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.values import Short, Value

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_NOTHING: Final = "<nil>"
_CONDITION: Final = "HasAssociatedDomain"
_DNS_NAME: Final = get_att("PublicNetworkLoadBalancerV2.DNSName")
_ZONE_ID: Final = get_att("PublicNetworkLoadBalancerV2.CanonicalHostedZoneID")
_HOSTED_ZONE: Final = exported("HostedZone")
_ALIAS: Final = "The default alias record for the network load balancer"
_ALIAS_PROPERTIES: Final[Value] = {
    "HostedZoneId": _HOSTED_ZONE,
    "Comment": sub("Default NetworkLoadBalancer alias for service ${WorkloadName}"),
    "RecordSets": [
        {
            "Name": join(".", sub("${WorkloadName}-nlb"), exported("SubDomain"), ""),
            "Type": "A",
            "AliasTarget": {"HostedZoneId": _ZONE_ID, "DNSName": _DNS_NAME},
        }
    ],
}
_ZONE_ARN: Final = Short(
    "Sub", [ARN + "route53:::hostedzone/${EnvHostedZone}", {"EnvHostedZone": _HOSTED_ZONE}]
)
_ZONE: Final = (
    iam.allow("sts:AssumeRole", sid="AllowAssumeRole"),
    iam.allow("route53:ChangeResourceRecordSets", _ZONE_ARN, sid="EnvHostedZoneUpdateAndWait"),
    iam.allow(["route53:ListResourceRecordSets", "route53:GetChange"], sid="EnvHostedZoneRead"),
)
_NAMES_ROLE: Final = "An IAM role to update the environment Route 53 hosted zone"
_NAMES_ROLE_PROPERTIES: Final = iam.function_role(iam.policy("NLBCustomDomainPolicy", *_ZONE))
_CERTIFICATE_ROLE: Final = "An IAM role to request and validate a certificate for your service"
_CERTIFICATE_ROLE_PROPERTIES: Final = iam.function_role(
    iam.policy("NLBCertValidatorPolicy", *_ZONE, *iam.CERTIFICATES)
)


def names(stack: Stack) -> Resources:
    """The record of the service itself, or those of its aliases; the certificate of a TLS listener."""
    if nlb_aliases(stack):
        yield from _aliases(stack)
    else:
        kind = "AWS::Route53::RecordSetGroup"
        yield "NLBDNSAlias", resource(kind, _ALIAS_PROPERTIES, _ALIAS, condition=_CONDITION)
    if any(listener.protocol == TLS for listener in listeners(stack)):
        yield from _certificate(stack)


def _aliases(stack: Stack) -> Resources:
    properties = {
        "ServiceToken": get_att("NLBCustomDomainFunction.Arn"),
        "PublicAccessHostedZoneID": _ZONE_ID,
        "PublicAccessDNS": _DNS_NAME,
        **_of_domain(stack),
    }
    description = "Add A-records for your Network Load Balancer aliases"
    yield from _custom_resource(stack, "NLBCustomDomain", properties, description)
    yield "NLBCustomDomainRole", resource("AWS::IAM::Role", _NAMES_ROLE_PROPERTIES, _NAMES_ROLE)


def _certificate(stack: Stack) -> Resources:
    properties = {
        "ServiceToken": get_att("NLBCertValidatorFunction.Arn"),
        "LoadBalancerDNS": _DNS_NAME,
        **_of_domain(stack),
    }
    description = "Request and validate the certificate for your Network Load Balancer"
    yield from _custom_resource(stack, "NLBCertValidator", properties, description)
    yield "NLBCertValidatorRole", resource("AWS::IAM::Role", _CERTIFICATE_ROLE_PROPERTIES, _CERTIFICATE_ROLE)


def _custom_resource(stack: Stack, name: str, properties: Value, description: str) -> Resources:
    """An action with its function. Unlike these, their role has no condition."""
    kind = f"Custom::{name}Function"
    yield f"{name}Action", resource(kind, properties, description, condition=_CONDITION)
    yield f"{name}Function", function(stack, f"{name}Function", f"{name}Role", condition=_CONDITION)


def _of_domain(stack: Stack) -> dict[str, Value]:
    """What both functions are told; without a domain Copilot writes what Go calls nothing."""
    return {
        "EnvHostedZoneId": _HOSTED_ZONE,
        "EnvName": ENVIRONMENT,
        "AppName": APPLICATION,
        "ServiceName": WORKLOAD,
        "RootDNSRole": stack.dns_role if stack.domain else _NOTHING,
        "DomainName": stack.domain or _NOTHING,
        "Aliases": [unquoted(alias, item=True) for alias in nlb_aliases(stack)],
    }
