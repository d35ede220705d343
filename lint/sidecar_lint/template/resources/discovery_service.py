"""The name under which other services of the environment find a service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template.intrinsics import WORKLOAD, exported
from sidecar_lint.template.resource import Resources, resource

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack
    from sidecar_lint.template.values import Value

_DESCRIPTION: Final = "Service discovery for your services to communicate within the VPC"
_PROPERTIES: Final[Value] = {
    "Description": "Discovery Service for the Copilot services",
    "DnsConfig": {
        "RoutingPolicy": "MULTIVALUE",
        "DnsRecords": [{"TTL": 10, "Type": "A"}, {"TTL": 10, "Type": "SRV"}],
    },
    "HealthCheckCustomConfig": {"FailureThreshold": 1},
    "Name": WORKLOAD,
    "NamespaceId": exported("ServiceDiscoveryNamespaceID"),
}


def discovery_service(_: Stack) -> Resources:
    """`DiscoveryService`."""
    yield "DiscoveryService", resource("AWS::ServiceDiscovery::Service", _PROPERTIES, _DESCRIPTION)
