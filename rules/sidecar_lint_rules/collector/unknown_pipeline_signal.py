from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage, closest

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class UnknownPipelineSignal(Rule):
    """A pipeline is of a kind that there is not.

    A pipeline is called `traces`, `metrics` or `logs`, with a `/name` of your own where there are
    several. `profiles` exist, but only behind a feature gate of the collector.
    """

    code, name = "SL917", "unknown-pipeline-signal"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = ("opentelemetry-collector: pipeline/pipeline.go, service/pipelines/config.go",)
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
                trace:
            #   ^^^^^ SL917
                  receivers: [otlp]
                  exporters: [debug]
            """,
            fixed="traces:",
        ),
    )
    also_bad = (
        Bad(
            """
            # file: otel-config.yaml
            receivers:
            exporters:
            service: {pipelines: {trace: {receivers: [otlp], exporters: [debug]}, traces: {receivers: [otlp], exporters: [debug]}, colours: {receivers: [otlp], exporters: [debug]}}}
            #                     ^^^^^ SL917
            #                                                                                                                      ^^^^^^^ SL917
            """
        ),
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                variables:
                  AOT_CONFIG_CONTENT: |
                    receivers: {otlp: {protocols: {grpc: }}}
                    exporters: {debug: }
                    service: {pipelines: {profiles: {receivers: [otlp], exporters: [debug]}}}
            #                             ^^^^^^^^ SL917
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for pipeline in configuration.structure.pipelines if configuration.structure else ():
            if pipeline.id is None or pipeline.id.type in SIGNALS:
                continue
            if pipeline.signal is None:
                nearest = closest(pipeline.id.type, SIGNALS)
                name = f"{nearest}/{pipeline.id.name}" if nearest and pipeline.id.name else nearest
                message = (
                    f"there are no pipelines of {pipeline.id.type!r}; they are of traces, metrics or logs"
                )
                free = (
                    name is not None
                    and configuration.structure is not None
                    and not any(each.key.text == name for each in configuration.structure.pipelines)
                )
                yield self.finding(pipeline.key, message, replace=name if free else None)
            elif configuration.is_adot:
                message = "profiles are behind a gate that is closed: service.profilesSupport"
                yield self.finding(pipeline.key, message)


SIGNALS = ("traces", "metrics", "logs")
