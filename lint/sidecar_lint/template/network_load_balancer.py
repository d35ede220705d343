"""The Network Load Balancer in front of a workload, and its listeners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.manifests.ports import Listener, PortMapping
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.template.load_balancer import aliases
from sidecar_lint.template.routing import TrafficTarget, listener_target
from sidecar_lint.template.stack import Stack, numbered, once
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Mapping, Scalar

TLS = "TLS"


class NetworkListener(NamedTuple):
    """A listener of `nlb`: the section that describes it, its place, and where it sends traffic."""

    section: Mapping
    ordinal: int
    target: TrafficTarget
    port_node: Scalar | None

    @property
    def id(self) -> str:
        """Its logical id."""
        return numbered("NLBListener", self.ordinal)

    @property
    def target_group_id(self) -> str:
        """The logical id of its target group."""
        return numbered("NetworkLoadBalancerTargetGroup", self.ordinal)

    @property
    def mapping(self) -> PortMapping:
        """The port and the protocol that it listens with."""
        return PortMapping.read(self.port_node.text if self.port_node else "")

    @property
    def port(self) -> Value:
        """The port that it listens on."""
        return Sourced(self.mapping.number, self.port_node) if self.port_node else None

    @property
    def protocol(self) -> str:
        """The protocol that it listens with."""
        return (self.mapping.protocol or "TCP").upper()

    @property
    def target_protocol(self) -> str:
        """The protocol behind it: TLS ends here."""
        return "TCP" if self.protocol == TLS else self.protocol


@once
def listeners(stack: Stack) -> list[NetworkListener]:
    """The listener of `nlb`, and its additional ones."""
    if not any(stack.manifest.nlb_listeners()):  # most services have none, and need no ports for that
        return []
    written = (each for each in stack.manifest.ports.listeners if each.is_network)
    return [_listener(stack, index, each) for index, each in enumerate(written)]


def nlb_aliases(stack: Stack) -> list[Scalar]:
    """The names that it answers to."""
    return aliases(stack.manifest.get("nlb", "alias"))


def _listener(stack: Stack, index: int, written: Listener) -> NetworkListener:
    return NetworkListener(written.section, index, listener_target(stack, written), written.port)
