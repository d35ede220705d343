from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Mapping, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class IncompletePipeline(Rule):
    """A pipeline has no receiver, or no exporter.

    Data has to come from somewhere and to go somewhere. Processors may be left out.
    """

    code, name = "SL916", "incomplete-pipeline"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = ("opentelemetry-collector: service/pipelines/config.go",)
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
            exporters:
            service:
              pipelines:
                traces:
            #   ^^^^^^ SL916
                  receivers: [otlp]
                metrics:
                  receivers: [otlp]
                  exporters: []
            #                ^^ SL916
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for pipeline in configuration.structure.pipelines if configuration.structure else ():
            if pipeline.is_open or not (pipeline.node.is_null or isinstance(pipeline.node, Mapping)):
                continue
            for kind in ("receivers", "exporters"):
                links = pipeline.lists[kind]
                if links.is_empty:
                    message = f"the pipeline {pipeline.key.text} has no {kind[:-1]}"
                    yield self.finding(links.node or pipeline.key, message, help=f"name one under `{kind}`")
