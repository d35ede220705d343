"""The ports that a container exposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.template.routing import exposures, service_connect_target
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack


def port_mappings(stack: Stack, container: str) -> list[Value]:
    """The ports of a container, ascending; the one that Service Connect leads to has a name."""
    target = service_connect_target(stack)
    found: list[Value] = []
    for exposure in exposures(stack, container):
        mapping: dict[str, Value] = {
            "ContainerPort": Sourced(exposure.port, exposure.source),
            "Protocol": exposure.protocol.lower(),
        }
        if target is not None and (target.container, target.port) == (container, exposure.port):
            mapping["Name"] = "target"
        found.append(Sourced(mapping, exposure.source))
    return found
