from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage, as_mapping
from sidecar_lint_rules.collector._sections import PIPELINE, is_nothing, lacking, unread

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
            found = lacking(pipeline)
            if found and is_nothing(pipeline.node):
                message = f"there is nothing in the pipeline {pipeline.key.text}"
                yield self.finding(pipeline.key, message, help="name `receivers` and `exporters`")
                continue
            for kind, place in found:
                message = f"the pipeline {pipeline.key.text} has no {kind[:-1]}"
                follows_from = unread(as_mapping(pipeline.node), kind, PIPELINE)
                yield self.finding(place, message, help=f"name one under `{kind}`", follows_from=follows_from)
