"""The components of a collector's configuration: which are in use, how they are set, where they listen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.listening import (
    OWN_METRICS,
    BadAddress,
    HealthCheck,
    ListeningPort,
    bad_addresses,
    health_checks,
    in_the_way,
    listeners,
    protocols,
)
from sidecar_lint.collector.settings import Settings
from sidecar_lint.collector.text import ConfigurationText
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, as_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.structure import Component

#: How the endpoints of Amazon Managed Service for Prometheus begin.
PROMETHEUS_WORKSPACES: Final = "https://aps-workspaces"


@dataclass(frozen=True)
class ConfiguredComponents(ConfigurationText):
    """A configuration by its components."""

    @cached_property
    def used(self) -> frozenset[int]:
        """Where the keys of the components stand that a pipeline, or the service, refers to."""
        structure = self.structure
        if structure is None:
            return frozenset()
        return frozenset(
            each.key.span.start
            for kind, components in structure.components.items()
            for each in components
            if each.id in structure.used(kind)
        )

    def is_used(self, component: Component) -> bool:
        """Whether a component is in a pipeline, or started as an extension."""
        return component.key.span.start in self.used

    @cached_property
    def known(self) -> tuple[Component, ...]:
        """The components whose fields we know, those whose settings are lost with none."""
        kinds = self.structure.components.values() if self.structure else ()
        return tuple(_effective(each) for kind in kinds for each in kind if each.model)

    @cached_property
    def known_in_use(self) -> list[Component]:
        """Those of them that are used."""
        return [each for each in self.known if self.is_used(each)]

    def in_use(self, kind: str, name: str) -> Iterator[Component]:
        """The components of a type that are in use, by the name that the newest release has for it."""
        for each in self.known_in_use:
            if each.kind == kind and each.model and each.model.name == name:
                yield each

    def settings(self, component: Component) -> Settings:
        """The settings of a component."""
        return Settings(component.node, component.key, component.path)

    def texts_of(self, kind: str, name: str, field: str) -> Iterator[Scalar]:
        """The known texts in a list of the components of a type that are in use."""
        for each in self.in_use(kind, name):
            yield from self.settings(each).texts(field) or ()

    @property
    def discovery_files(self) -> Iterator[Scalar]:
        """The files from which Prometheus receivers in use take what to scrape; nothing where one is not known."""
        for each in self.in_use("receivers", "prometheus"):
            for scraping in self.settings(each).below("config").blocks("scrape_configs"):
                for discovery in scraping.blocks("file_sd_configs"):
                    yield from discovery.texts("files") or ()

    def endpoints(self, fields: dict[str, tuple[str, ...]]) -> Iterator[Scalar]:
        """The known texts of settings of exporters in use, by the names of these."""
        for each in self.known:
            if each.kind == "exporters" and each.model and self.is_used(each):
                settings = Settings(each.node, each.key, each.path)
                for field in fields.get(each.model.name, ()):
                    node = settings.node.get(field)
                    if isinstance(node, Scalar) and settings.text(field):
                        yield node

    @cached_property
    def listeners(self) -> tuple[ListeningPort, ...]:
        """What the components in use listen at."""
        return tuple(listeners(self.known_in_use)) if self.structure else ()

    @property
    def health_checks(self) -> list[HealthCheck] | None:
        """Where its health_check extensions answer; None where that is not known."""
        structure = self.structure
        if structure is None or self.tree.unread or not structure.uses_are_known("extensions"):
            return None
        if structure.is_open("extensions"):
            return None
        return health_checks(self.known_in_use, self.listeners)

    @cached_property
    def otlp_ports(self) -> dict[str, str]:
        """The ports of its OTLP receivers in use, each with `grpc` or `http`."""
        return protocols(self.known_in_use)

    @property
    def ports(self) -> Iterator[tuple[str, str]]:
        """The ports that it listens at, each with `tcp` or `udp`, that of its own metrics included."""
        yield from ((each.port, each.transport) for each in self.listeners)
        service = self.structure.service if self.structure else None
        if service and as_mapping(service.get("telemetry")).get("metrics") is None:
            yield OWN_METRICS, "tcp"

    @property
    def bad_addresses(self) -> Iterator[BadAddress]:
        """The endpoints of components in use at which nothing can listen."""
        return bad_addresses(self.known_in_use) if self.structure else iter(())

    @property
    def clashes(self) -> Iterator[tuple[ListeningPort, ListeningPort]]:
        """The listeners that cannot listen, each with the first one before it that has its place."""
        return in_the_way(self.listeners)

    @property
    def unsigned_workspaces(self) -> Iterator[Node]:
        """Endpoints of Amazon Managed Service for Prometheus that are written to without a signature."""
        for each in self.known:
            settings = Settings(each.node, each.key, each.path)
            if (
                each.model
                and each.model.name == "prometheus_remote_write"
                and self.is_used(each)
                and (settings.text("endpoint") or "").startswith(PROMETHEUS_WORKSPACES)
                and settings.is_written("auth") is False
            ):
                yield settings.at("endpoint")


def _effective(component: Component) -> Component:
    lost = component.settings_are_lost
    return component._replace(node=Mapping(component.node.span, key=component.key)) if lost else component
