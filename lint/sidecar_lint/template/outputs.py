"""What a stack puts out for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.copilot_names import STATIC_SITE
from sidecar_lint.template.intrinsics import get_att, sub
from sidecar_lint.template.network_load_balancer import listeners
from sidecar_lint.template.static_site import alias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.template.stack import Stack
    from sidecar_lint.template.values import Value

_DISCOVERY_SERVICE: Final = "DiscoveryServiceARN"
_LOAD_BALANCER: Final = "PublicNetworkLoadBalancerDNSName"
_DISTRIBUTION: Final = "CloudFrontDistributionDomainName"
_ALIAS: Final = "CloudFrontDistributionAlternativeDomainName"


def outputs(stack: Stack) -> dict[str, Value]:
    """`Outputs`; most types have none."""
    return dict(_outputs(stack))


def _outputs(stack: Stack) -> Iterator[tuple[str, Value]]:
    if stack.is_load_balanced or stack.is_backend:
        described = {"Description": "ARN of the Discovery Service."}
        yield (
            _DISCOVERY_SERVICE,
            {**described, **_export(_DISCOVERY_SERVICE, get_att("DiscoveryService.Arn"))},
        )
    if stack.is_load_balanced and listeners(stack):
        yield _LOAD_BALANCER, _export(_LOAD_BALANCER, get_att("PublicNetworkLoadBalancerV2.DNSName"))
    if stack.kind == STATIC_SITE:
        yield _DISTRIBUTION, _export(_DISTRIBUTION, get_att("CloudFrontDistribution.DomainName"))
        name = alias(stack)
        if name is not None:
            yield _ALIAS, _export(_ALIAS, name)


def _export(name: str, value: Value) -> dict[str, Value]:
    return {"Value": value, "Export": {"Name": sub(f"${{AWS::StackName}}-{name}")}}
