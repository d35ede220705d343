from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class InvalidCollectorDuration(Rule):
    """A duration in a collector's configuration cannot be read.

    It is a number with a unit, or several: `10s`, `500ms`, `1h30m`. The units are `ns`, `us`, `ms`, `s`,
    `m` and `h`, in small letters; there is none for days. The configuration of Prometheus inside its
    receiver has `d`, `w` and `y` too, and no fractions.
    """

    code, name = "SL910", "invalid-collector-duration"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = (
        "Go's package time, func ParseDuration",
        "prometheus/common: model/time.go",
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
            processors:
              batch:
                timeout: "10"
            #            ^^^^ SL910
            service:
            """,
            fixed='timeout: "10s"',
        ),
        Bad(
            """
            # file: otel-config.yaml
            receivers:
              prometheus:
                config:
                  scrape_configs:
                    - job_name: app
                      scrape_interval: 15
            #                          ^^ SL910
            exporters:
              awsemf:
            """,
            fixed="scrape_interval: 15s",
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for wrong in configuration.fields.durations:
            if configuration.reader.of_duration(wrong):
                message = f"{wrong.place} cannot be {wrong.node.text!r}: {wrong.reason}"
                help_ = "" if wrong.instead else _HELP
                yield self.finding(wrong.node, message, replace=wrong.instead, help=help_)


_HELP = "write a number with a unit, such as `10s`"
