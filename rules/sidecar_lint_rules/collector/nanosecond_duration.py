from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class NanosecondDuration(Rule):
    """A duration in a collector's configuration is a number without a unit.

    The collector does not refuse it: it takes it for nanoseconds. `timeout: 10` sends a batch after ten
    billionths of a second.
    """

    code, name = "SL911", "nanosecond-duration"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the collector takes it for nanoseconds, and does the thing all the time"
    sources = ("opentelemetry-collector: confmap, time.Duration is an int64",)
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
            processors:
              batch:
                timeout: 10
            #            ^^ SL911
            service:
            """,
            fixed="timeout: 10s",
        ),
    )

    also_bad = (
        Bad(
            """
            sidecars:
              otel:
                image: otel/opentelemetry-collector-contrib:0.115.1
                command: ["--config=env:OTEL_CONFIG"]
                variables:
                  OTEL_CONFIG: |
                    receivers: {otlp: {protocols: {grpc: }}}
                    processors: {batch: {timeout: 10}}
            #                                     ^^ SL911
                    exporters: {debug: }
                    service: {pipelines: {traces: {receivers: [otlp], processors: [batch], exporters: [debug]}}}
            """
        ),
        Bad(
            """
            sidecars: {otel: {image: {build: {dockerfile: otel/Dockerfile, context: otel}}}}
            # file: otel/Dockerfile
            FROM public.ecr.aws/aws-observability/aws-otel-collector:v0.45.0
            COPY config.yaml /etc/otel-config.yaml
            # file: otel/config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            processors: {batch: {timeout: 10}}
            #                             ^^ SL911
            exporters: {debug: }
            service: {pipelines: {traces: {receivers: [otlp], processors: [batch], exporters: [debug]}}}
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for number in configuration.fields.nanoseconds:
            written = number.node.text
            unit = f"{written}s" if number.number < _SECONDS else None
            message = f"{number.place}: {written} is {written} nanoseconds"
            yield self.finding(
                number.node, message, replace=unit, help="" if unit else "write the unit: `s`, `ms` or `ns`"
            )


#: A number as large as this may have been meant as what it is.
_SECONDS = 100_000
