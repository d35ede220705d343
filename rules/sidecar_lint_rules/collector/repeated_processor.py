from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Related, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import CollectorId, CollectorLink, Configuration


class RepeatedProcessor(Rule):
    """A pipeline names a processor twice.

    Receivers, exporters and extensions may be listed twice, processors may not: data would have to go
    through the same one again.
    """

    code, name = "SL915", "repeated-processor"
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
              receivers: [otlp, otlp]
              exporters: [awsxray]
        """,
    )
    bad = (
        Bad(
            """
            # file: otel-config.yaml
            processors:
              batch:
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  processors: [batch, batch]
            #                         ^^^^^ SL915
                  exporters: [awsxray]
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for pipeline in configuration.structure.pipelines if configuration.structure else ():
            seen: dict[CollectorId, CollectorLink] = {}
            for link in pipeline.lists["processors"].items:
                if link.id is None:
                    continue
                if link.id in seen:
                    related = (Related(seen[link.id].node.place, "here"),)
                    message = f"the pipeline {pipeline.key.text} has the processor {str(link.id)!r} twice"
                    yield self.finding(link.node, message, related=related, help="remove it")
                seen.setdefault(link.id, link)
