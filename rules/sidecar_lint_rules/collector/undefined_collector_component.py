from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage, closest

if TYPE_CHECKING:
    from sidecar_lint import CollectorLink, CollectorStructure, Configuration


class UndefinedCollectorComponent(Rule):
    """A pipeline, or `service.extensions`, names a component that is not configured.

    Every name has to be a key of the section of its kind, spelt with its `/name`. A component that needs
    no settings still has to be there, with nothing behind its colon.
    """

    code, name = "SL914", "undefined-collector-component"
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
              otlp:
                protocols:
                  grpc:
            processors:
              batch/traces:
            exporters:
              awsxray:
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  processors: [batch/trace]
            #                  ^^^^^^^^^^^ SL914
                  exporters: [awsxray]
            """,
            fixed="processors: [batch/traces]",
        ),
        Bad(
            """
            # file: otel-config.yaml
            receivers:
              otlp:
                protocols:
                  grpc:
            exporters:
              awsxray:
            service:
              extensions: [health_check]
            #              ^^^^^^^^^^^^ SL914
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        structure = configuration.structure
        if structure is None:
            return
        yield from self._links(structure, "extensions", structure.extensions.items)
        for pipeline in structure.pipelines:
            for kind, links in pipeline.lists.items():
                yield from self._links(structure, kind, links.items)

    def _links(
        self, structure: CollectorStructure, kind: str, links: tuple[CollectorLink, ...]
    ) -> Iterator[Finding]:
        defined = structure.linkable(kind)
        if defined is None:
            return
        for link in links:
            if link.id is None or link.id in defined:
                continue
            nearest = closest(str(link.id), map(str, defined))
            message = f"no {kind[:-1]} {str(link.id)!r} is configured"
            others = [other for other in structure.components if link.id in structure.defined(other)]
            help_ = f"that is one of `{others[0]}`" if others else f"write `{link.node.text}:` under `{kind}`"
            yield self.finding(link.node, message, replace=nearest, help=help_ if nearest is None else "")
