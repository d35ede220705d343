from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class UnusedCollectorComponent(Rule):
    """A receiver, processor or exporter is configured and stands in no pipeline.

    The collector says nothing: it checks the settings, and then does without the component. Often it was
    forgotten in the list, or the list spells it otherwise.
    """

    code, name = "SL919", "unused-collector-component"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the collector reads it and never uses it"
    sources = ("opentelemetry-collector: service/internal/graph",)
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
              batch:
            # ^^^^^ SL919
            exporters:
              awsxray:
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  exporters: [awsxray]
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        structure = configuration.structure
        if structure is None or not structure.pipelines:
            return
        for kind in ("receivers", "processors", "exporters"):
            if not structure.uses_are_known(kind):
                continue
            used = structure.used(kind)
            for component in structure.components[kind]:
                if component.id and component.id not in used:
                    message = f"no pipeline has the {kind[:-1]} {component.key.text!r}"
                    yield self.finding(
                        component.key, message, help=f"name it under `{kind}` of a pipeline, or remove it"
                    )
