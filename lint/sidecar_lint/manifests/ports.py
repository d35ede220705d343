"""Who exposes which port: sidecars, the load balancers' targets, and the main container.

Copilot puts them into one table, in this order, and refuses a manifest where two containers or two
protocols meet on one port. Source: internal/pkg/manifest/validate.go (validateExposedPorts) and
svc.go (ParsePortMapping, exposePorts).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.effective import EffectiveManifest

HIGHEST_PORT: Final = 65535
TCP: Final = "TCP"
UDP: Final = "UDP"
_CONTAINER_PROTOCOLS: Final = {TCP: TCP, UDP: UDP}
#: TLS ends at the load balancer.
_LISTENER_PROTOCOLS: Final = {**_CONTAINER_PROTOCOLS, "TLS": TCP}
_DIGITS = r"[0-9]+"


class PortMapping(NamedTuple):
    """A port as sidecars and network load balancers write it: `2000`, or `2000/udp`.

    `number` is None where Copilot cannot read one, `protocol` where none is written.
    """

    number: int | None
    protocol: str | None

    @classmethod
    def read(cls, text: str) -> PortMapping:
        """Take a text apart; any text is acceptable."""
        port, *protocols = text.split("/")
        # A longer run of digits is no port, and Python refuses to read a much longer one.
        digits = port.lstrip("0")[: len(str(HIGHEST_PORT)) + 1] or "0"
        readable = not protocols[1:] and re.fullmatch(_DIGITS, port) and int(digits) <= HIGHEST_PORT
        return cls(int(digits) if readable else None, protocols[0] if protocols else None)


class Exposure(NamedTuple):
    """A container exposes a port, because of what `source` says."""

    port: int
    container: str
    protocol: str
    source: Scalar


class Listener(NamedTuple):
    """`http` or `nlb`, or a further rule or listener of it; `target` names a container."""

    name: str
    section: Mapping
    target: Scalar | None

    @property
    def is_network(self) -> bool:
        """Whether it belongs to the network load balancer."""
        return self.name.startswith("nlb")

    @property
    def port(self) -> Scalar | None:
        """The port a network load balancer listens on."""
        return self._scalar("port") if self.is_network else None

    @property
    def target_port(self) -> Scalar | None:
        """The port of the container that gets the traffic, where it is written."""
        return self._scalar("target_port")

    @property
    def healthcheck_port(self) -> Scalar | None:
        """The port that health checks go to, where it is written."""
        node = self.section.get("healthcheck")
        port = node.get("port") if isinstance(node, Mapping) else None
        return port if isinstance(port, Scalar) else None

    def _scalar(self, name: str) -> Scalar | None:
        node = self.section.get(name)
        return node if isinstance(node, Scalar) else None


class Ports(NamedTuple):
    """The ports of one environment's manifest."""

    #: `http` with its rules, then `nlb` with its listeners.
    listeners: list[Listener]
    #: What is exposed, by port, ascending.
    by_port: dict[int, Exposure]
    #: Pairs that exclude each other: what comes too late, and what was there.
    clashes: list[tuple[Exposure, Exposure]]

    @property
    def exposed(self) -> list[Exposure]:
        """What is exposed, by port, ascending."""
        return list(self.by_port.values())

    def at(self, port: int) -> Exposure | None:
        """What exposes a port; None where nothing does."""
        return self.by_port.get(port)


def ports(manifest: EffectiveManifest) -> Ports:
    """The ports of a manifest."""
    table = _Table(manifest)
    return Ports(table.listeners, dict(sorted(table.exposed.items())), table.clashes)


class _Table:
    """Copilot's table of the ports, as it is filled."""

    def __init__(self, manifest: EffectiveManifest) -> None:
        self._manifest = manifest
        self.listeners = list(_listeners(manifest))
        self.clashes: list[tuple[Exposure, Exposure]] = []
        self.exposed: dict[int, Exposure] = {}
        for exposure in self._sidecars():
            self._expose(exposure)
        for listener in self.listeners:
            self._expose(self._network(listener) if listener.is_network else self._application(listener))
        self._expose(self._main())

    def _sidecars(self) -> Iterator[Exposure]:
        for sidecar in self._manifest.sidecars:
            mapping = _mapping(sidecar.port, _CONTAINER_PROTOCOLS)
            if sidecar.port and mapping:
                yield Exposure(mapping[0], sidecar.name, mapping[1], sidecar.port)

    def _application(self, listener: Listener) -> Exposure | None:
        port = listener.target_port.as_int if listener.target_port else None
        if listener.target_port is None or port is None or not 0 <= port <= HIGHEST_PORT:
            return None
        return Exposure(port, self._receiver(listener, port), TCP, listener.target_port)

    def _network(self, listener: Listener) -> Exposure | None:
        mapping = _mapping(listener.port, _LISTENER_PROTOCOLS)
        if listener.port is None or mapping is None:
            return None
        source, (port, protocol) = listener.port, mapping
        if listener.target_port:
            written = listener.target_port.as_int
            if written is None:
                return None
            source, port = listener.target_port, written & HIGHEST_PORT
        return Exposure(port, self._receiver(listener, port), protocol, source)

    def _main(self) -> Exposure | None:
        source = self._manifest.main_port
        port = source.as_int if source else None
        if source is None or port is None or not 0 <= port <= HIGHEST_PORT:
            return None
        there = self.exposed.get(port)
        return Exposure(port, self._manifest.name, there.protocol if there else TCP, source)

    def _receiver(self, listener: Listener, port: int) -> str:
        if listener.target:
            return listener.target.text
        there = self.exposed.get(port)
        return there.container if there else self._manifest.name

    def _expose(self, exposure: Exposure | None) -> None:
        if exposure is None:
            return
        there = self.exposed.setdefault(exposure.port, exposure)
        if (there.container, there.protocol) != (exposure.container, exposure.protocol):
            self.clashes.append((exposure, there))


def _listeners(manifest: EffectiveManifest) -> Iterator[Listener]:
    for at, (section, name) in enumerate(manifest.http_rules()):
        yield Listener(name, section, manifest.http_target if at == 0 else _target(section))
    for section, name in manifest.nlb_listeners():
        yield Listener(name, section, _target(section))


def _mapping(node: Scalar | None, protocols: dict[str, str]) -> tuple[int, str] | None:
    """A port and the protocol it is exposed with; None for what Copilot refuses before it comes here."""
    mapping = PortMapping.read(node.text) if node is not None and node.known else None
    if mapping is None or mapping.number is None:
        return None
    protocol = protocols.get(TCP if mapping.protocol is None else mapping.protocol.upper())
    return (mapping.number, protocol) if protocol else None


def _target(section: Mapping) -> Scalar | None:
    node = section.get("target_container")
    return node if isinstance(node, Scalar) else None
