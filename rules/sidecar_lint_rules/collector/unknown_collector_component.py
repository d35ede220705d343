from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.collector._certainty import weight

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class UnknownCollectorComponent(Rule):
    """A component of a type that the collector does not have.

    The AWS distribution (ADOT) has a part of the components that exist. One that it lacks is refused
    even where no pipeline uses it. Which ones it has depends on the release: where the image's tag is
    known, a component that came later, or is gone by then, is told too.
    """

    code, name = "SL905", "unknown-collector-component"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = ("aws-observability/aws-otel-collector: pkg/defaultcomponents/defaults.go",)
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
            exporters:
              debugg:
            # ^^^^^^ SL905
            """
        ),
        Bad(
            """
            # file: otel-config.yaml
            exporters:
              logging:
            # ^^^^^^^ SL905
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  exporters: [logging]
            """
        ),
        Bad(
            """
            # file: otel-config.yaml
            receivers:
              hostmetrics:
            # ^^^^^^^^^^^ SL905
            exporters:
              awsemf:
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for unknown in configuration.unknown_components:
            severity, effect = weight(self, configuration, unknown.certainty)
            yield self.finding(
                unknown.key, unknown.message, help=unknown.help, severity=severity, effect=effect
            )
