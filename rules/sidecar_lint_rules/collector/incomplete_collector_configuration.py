from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Mapping, Node, Rule, Severity, Span, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class IncompleteCollectorConfiguration(Rule):
    """A collector's configuration has no receiver, no exporter or no pipeline.

    A collector needs all three: it refuses an empty configuration, one without `receivers` or
    `exporters`, and one whose `service` has no pipeline.
    """

    code, name = "SL903", "incomplete-collector-configuration"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = (
        "go.opentelemetry.io/collector: confmap",
        "opentelemetry-collector: otelcol/config.go",
    )
    good = (
        """
        # file: otel-config.yaml
        receivers:
          otlp:
            protocols:
              grpc:
        exporters:
          awsxray:
        service:
          pipelines:
            traces:
              receivers: [otlp]
              exporters: [awsxray]
        """,
    )
    bad = (
        Bad(
            """
            # file: otel-config.yaml
            receivers:
            ^^^^^^^^^ SL903
            exporters:
              debug:
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  exporters: [debug]
            """
        ),
        Bad(
            """
            # file: otel-config.yaml
            receivers:
              otlp:
                protocols:
                  grpc:
            exporters:
              debug:
            service:
            ^^^^^^^ SL903
              extensions: []
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        if configuration.is_empty:
            yield self.finding(Span(0, 0), "there is nothing in this configuration", help=_HELP)
        structure = configuration.structure
        if structure is None or not structure.root.entries:
            return
        for kind, word in (("receivers", "receiver"), ("exporters", "exporter")):
            node = structure.root.entries.get(kind)
            if node is None or _is_nothing(node):
                yield self.finding(_place(structure.root, kind), f"no {word} is configured")
        pipelines = structure.service.get("pipelines")
        service = structure.root.get("service")
        if service is not None and not isinstance(service, Mapping):
            return
        if pipelines is None or _is_nothing(pipelines):
            place = structure.service.entries.get("pipelines")
            yield self.finding(
                place.place if place and place.key else _place(structure.root, "service"),
                "the service has no pipeline",
                help="write one under `service.pipelines`",
            )


_HELP = "write at least `receivers`, `exporters` and a pipeline under `service.pipelines`"


def _is_nothing(node: Node) -> bool:
    return node.is_null or (isinstance(node, Mapping) and not node.entries)


def _place(root: Mapping, kind: str) -> Span:
    """The key of a section, or the first key where the section is not there."""
    node = root.entries.get(kind) or next(iter(root.entries.values()))
    return node.key.span if node.key else node.place
