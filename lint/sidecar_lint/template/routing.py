"""Which container and which port of it load balancers and Service Connect send traffic to.

Source: internal/pkg/manifest/svc.go (Target, exposedContainerAndPort, ServiceConnectTarget).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.manifests.ports import HIGHEST_PORT, UDP, Exposure, Listener, PortMapping
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.template.stack import Stack, once
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Node, Scalar


class TrafficTarget(NamedTuple):
    """A port of a container, and the nodes that say so; `port` is None where the container has none."""

    container: str
    port: int | None
    container_node: Node | None = None
    port_node: Node | None = None

    @property
    def name(self) -> Value:
        """The container's name for the template."""
        return Sourced(self.container, self.container_node) if self.container_node else self.container

    @property
    def number(self) -> Value:
        """The port for the template."""
        return Sourced(self.port, self.port_node) if self.port_node else self.port


@once
def main_target(stack: Stack) -> TrafficTarget:
    """The main container, and the port that `image.port` gives it."""
    return TrafficTarget(stack.name, *_declared(stack, stack.name))


def rule_target(stack: Stack, listener: Listener) -> TrafficTarget:
    """Where a rule of `http` sends traffic."""
    return _written_target(stack, listener) or main_target(stack)


def listener_target(stack: Stack, listener: Listener) -> TrafficTarget:
    """Where a listener of `nlb` sends traffic: to the port that it listens on, if nothing else is said."""
    written = _written_target(stack, listener)
    if written is not None and written.port is not None:
        return written
    port = listener.port
    number = PortMapping.read(port.text).number if port else None
    if written is not None:
        return written._replace(port=number, port_node=port)
    return TrafficTarget(stack.name, number, None, port)


@once
def service_connect_target(stack: Stack) -> TrafficTarget | None:
    """What other services reach through Service Connect; nothing where there is no port, or UDP behind it."""
    if not (stack.is_load_balanced or stack.is_backend):
        return None
    rule = next((each for each in stack.manifest.ports.listeners if not each.is_network), None)
    written = _written_target(stack, rule) if rule else None
    if written is not None:
        return written if written.port is not None else None
    target = main_target(stack)
    exposure = stack.manifest.ports.at(target.port) if target.port is not None else None
    return target if exposure and exposure.protocol != UDP else None


def _written_target(stack: Stack, listener: Listener) -> TrafficTarget | None:
    """What `target_container` and `target_port` say; nothing where that is the main container by itself."""
    container, port = listener.target, listener.target_port
    if port is None:
        if container is None or container.text == stack.name:
            return None
        number, node = _declared(stack, container.text)
        return TrafficTarget(container.text, number, container, node)
    number = (port.as_int or 0) & HIGHEST_PORT
    if container is not None:
        return TrafficTarget(container.text, number, container, port)
    there = stack.manifest.ports.at(number)
    return (
        TrafficTarget(there.container, number, there.source, port)
        if there
        else TrafficTarget(stack.name, number, None, port)
    )


def _declared(stack: Stack, container: str) -> tuple[int | None, Scalar | None]:
    """The port that a container declares itself; of several the lowest.

    `image.port` counts for whichever container got that port first.
    """
    ports = [each for each in exposures(stack, container) if _is_declared(stack, each)]
    return (ports[0].port, ports[0].source) if ports else (None, None)


def _is_declared(stack: Stack, exposure: Exposure) -> bool:
    port = stack.manifest.main_port
    if port is not None and port.as_int == exposure.port:
        return True
    return id(exposure.source) in _ports_of_sidecars(stack)


@once
def _ports_of_sidecars(stack: Stack) -> frozenset[int]:
    """The identities of the values that say them."""
    return frozenset(id(sidecar.port) for sidecar in stack.sidecars if sidecar.port)


def exposures(stack: Stack, container: str) -> list[Exposure]:
    """The ports of a container, ascending."""
    return _by_container(stack).get(container, [])


@once
def _by_container(stack: Stack) -> dict[str, list[Exposure]]:
    found: dict[str, list[Exposure]] = {}
    for exposure in stack.manifest.ports.exposed:
        found.setdefault(exposure.container, []).append(exposure)
    return found
