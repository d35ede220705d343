"""What a collector listens at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.endpoints import HIGHEST_PORT, port_of
from sidecar_lint.collector.settings import Settings
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Node, Scalar
from sidecar_lint.syntax.scalars import natural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.collector.structure import Component

#: Where each component listens, and where it does if nothing is written: path, endpoint, transport.
#: A path's last step is the field; the ones before it are optional blocks.
_ENDPOINTS: Final = {
    "receivers.otlp": (
        ("protocols.grpc.endpoint", "localhost:4317", "tcp"),
        ("protocols.http.endpoint", "localhost:4318", "tcp"),
    ),
    "receivers.jaeger": (
        ("protocols.grpc.endpoint", "localhost:14250", "tcp"),
        ("protocols.thrift_http.endpoint", "localhost:14268", "tcp"),
        ("protocols.thrift_binary.endpoint", "localhost:6832", "udp"),
        ("protocols.thrift_compact.endpoint", "localhost:6831", "udp"),
    ),
    "receivers.zipkin": (("endpoint", "localhost:9411", "tcp"),),
    "receivers.statsd": (("endpoint", "localhost:8125", "udp"),),
    "receivers.awsxray": (
        ("endpoint", "localhost:2000", "udp"),
        ("proxy_server.endpoint", "localhost:2000", "tcp"),
    ),
    "exporters.prometheus": (("endpoint", "", "tcp"),),
    "extensions.awsproxy": (("endpoint", "localhost:2000", "tcp"),),
    "extensions.health_check": (("endpoint", "localhost:13133", "tcp"),),
    "extensions.pprof": (("endpoint", "localhost:1777", "tcp"),),
    "extensions.zpages": (("endpoint", "localhost:55679", "tcp"),),
}
_EVERYWHERE: Final = ("", "0.0.0.0", "[::]")  # noqa: S104  the addresses that stand for all
_HERE: Final = ("localhost", "127.0.0.1", "[::1]")


class ListeningPort(NamedTuple):
    """A port that a component listens at. `node` is the endpoint, or the component where none is written."""

    component: Component
    node: Node
    host: str
    port: str
    transport: str

    @property
    def address(self) -> str:
        """The host, spelt in one way: empty for all addresses."""
        if self.host in _EVERYWHERE:
            return ""
        return "localhost" if self.host in _HERE else self.host


#: Where the collector serves metrics of its own, if nothing else is written.
OWN_METRICS: Final = "8888"


def protocols(components: Iterable[Component]) -> dict[str, str]:
    """The ports of the OTLP receivers among components in use, each with `grpc` or `http`; those that are known."""
    found: dict[str, str] = {}
    for component in components:
        if component.kind == "receivers" and component.model and component.model.name == "otlp":
            block = Settings(component.node, component.key, component.path).below("protocols")
            for name, default in (("grpc", "localhost:4317"), ("http", "localhost:4318")):
                endpoint = block.below(name).text("endpoint", default) if block.is_on(name) else None
                if endpoint and ":" in endpoint:
                    found[endpoint.rpartition(":")[2]] = name
    return found


class HealthCheck(NamedTuple):
    """Where a health_check extension answers."""

    port: str
    path: str


def health_checks(
    components: Iterable[Component], listeners: Iterable[ListeningPort]
) -> list[HealthCheck] | None:
    """Where the health_check extensions among components in use answer; None where one is not known."""
    own = [each for each in components if each.model and each.model.name == "health_check"]
    ports = {each.component.key.span.start: each.port for each in listeners}
    found: list[HealthCheck] = []
    for each in own:
        path = Settings(each.node, each.key, each.path).text("path", "/")
        port = ports.get(each.key.span.start)
        if path is None or port is None or not port.isdigit():
            return None
        found.append(HealthCheck(port, path or "/"))
    return found


def in_the_way(listeners: Iterable[ListeningPort]) -> Iterator[tuple[ListeningPort, ListeningPort]]:
    """The listeners that cannot listen, each with the first one before it that has its place."""
    taken: dict[tuple[str, str], dict[str, tuple[int, ListeningPort]]] = {}
    for number, listener in enumerate(listeners):
        hosts = taken.setdefault((listener.port, listener.transport), {})
        asked = (listener.address, "") if listener.address else hosts
        before = [hosts[host] for host in asked if host in hosts]
        if before:
            yield listener, min(before, key=lambda each: each[0])[1]
        hosts.setdefault(listener.address, (number, listener))


def listeners(components: Iterable[Component]) -> Iterator[ListeningPort]:
    """Every port that components in use listen at, as far as it is known."""
    for component, settings, field, default, transport in _places(components):
        if listener := _listener(component, settings, field, default, transport):
            yield listener


class BadAddress(NamedTuple):
    """An endpoint at which nothing can listen, where its component is, and why."""

    node: Scalar
    path: str
    reason: str


def bad_addresses(components: Iterable[Component]) -> Iterator[BadAddress]:
    """What components in use are told to listen at, and Go's `net.Listen` refuses."""
    for _, settings, field, _, transport in _places(components):
        node, address = settings.node.get(field), settings.text(field)
        used = settings.text("transport", transport)
        if isinstance(node, Scalar) and address and (used or "").startswith(("tcp", "udp")):
            try:
                reason = _port_fault(port_of(address))
            except ValueError as error:
                reason = str(error)
            if reason:
                yield BadAddress(node, settings.path(field), reason)


def _port_fault(port: str) -> str:
    """Why a port is none. It may be the name of a service, and 0 is any port."""
    if re.fullmatch(r"[a-z0-9-]*", port) and not (port.isdigit() and natural(port) > HIGHEST_PORT):
        return ""
    return f"{port!r} is not a port"


def _places(components: Iterable[Component]) -> Iterator[tuple[Component, Settings, str, str, str]]:
    """Where components listen: the settings around the field, the field, what it is by default, the transport."""
    for component in components:
        name = f"{component.kind}.{component.model.name}" if component.model else ""
        for path, default, transport in _ENDPOINTS.get(name, ()):
            *blocks, field = path.split(".")
            settings = _below(Settings(component.node, component.key, component.path), blocks)
            if settings:
                yield component, settings, field, default, transport


def _below(settings: Settings | None, blocks: list[str]) -> Settings | None:
    """A block in blocks; None where one of them is switched off."""
    for name in blocks:
        if settings and name not in ("protocols", "proxy_server") and settings.is_on(name) is not True:
            return None
        settings = settings.below(name) if settings else None
    return settings


def _listener(
    component: Component, settings: Settings, field: str, default: str, transport: str
) -> ListeningPort | None:
    endpoint = settings.text(field, default)
    transport = settings.text("transport", transport) or transport
    try:
        port = port_of(endpoint or "")
    except ValueError:
        return None
    host = (endpoint or "").removesuffix(f":{port}")
    return ListeningPort(component, settings.at(field), host, port, transport[:3]) if port != "0" else None
