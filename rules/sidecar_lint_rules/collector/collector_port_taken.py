from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Related, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class CollectorPortTaken(Rule):
    """Two components of the collector listen at one port.

    The collector reads such a configuration, and stops while it starts: "address already in use".
    Components that are in no pipeline do not listen.
    """

    code, name = "SL927", "collector-port-taken"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the second one cannot listen, and the collector stops while it starts"
    sources = ("opentelemetry-collector: otelcol/config.go, func (cfg *Config) Validate",)
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
                    endpoint: 0.0.0.0:4317
              otlp/second:
                protocols:
                  grpc:
                    endpoint: 0.0.0.0:4317
            #                 ^^^^^^^^^^^^ SL927
            exporters:
              awsxray:
            service:
              pipelines:
                traces:
                  receivers: [otlp, otlp/second]
                  exporters: [awsxray]
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for later, earlier in configuration.clashes:
            name = earlier.component.path
            message = f"{name} already listens at port {later.port}/{later.transport}"
            related = (Related(earlier.node.place, "here"),)
            yield self.finding(
                later.node, message, help="write another port for one of them", related=related
            )
