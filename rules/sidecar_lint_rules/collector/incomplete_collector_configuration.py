from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Mapping, Rule, Severity, Span, Stage
from sidecar_lint_rules.collector._sections import (
    REQUIRED,
    TOP,
    is_nothing,
    place_of,
    unread,
    unread_pipelines,
)

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
    also_good = (
        """
        # file: otel-config.yaml
        receivers: {otlp: {protocols: {grpc: }}}
        exporters: {debug: }
        service: []
        """,
    )
    also_bad = (
        Bad(
            """
            sidecars: {otel: {image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1', variables: {AOT_CONFIG_CONTENT: '# nothing yet'}}}
            #                                                                                                                        ^ SL903
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        if configuration.is_empty:
            yield self.finding(Span(0, 0), "there is nothing in this configuration", help=_HELP)
        structure = configuration.structure
        if structure is None or not structure.root.entries:
            return
        for kind in REQUIRED:
            node = structure.root.entries.get(kind)
            if node is None or is_nothing(node):
                follows_from = unread(structure.root, kind, TOP)
                yield self.finding(
                    place_of(structure.root, kind),
                    f"no {kind[:-1]} is configured",
                    help=f"write one under `{kind}`",
                    follows_from=follows_from,
                )
        pipelines = structure.service.get("pipelines")
        service = structure.root.get("service")
        if service is not None and not isinstance(service, Mapping):
            return
        if pipelines is None or is_nothing(pipelines):
            place = structure.service.entries.get("pipelines")
            yield self.finding(
                place if place and place.key else place_of(structure.root, "service"),
                "the service has no pipeline",
                help="write one under `service.pipelines`",
                follows_from=unread_pipelines(structure),
            )


_HELP = "write at least `receivers`, `exporters` and a pipeline under `service.pipelines`"
