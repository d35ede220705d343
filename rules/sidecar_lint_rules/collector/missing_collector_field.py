from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.collector._certainty import weight

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class MissingCollectorField(Rule):
    """A component of the collector lacks a setting that it needs.

    Most of them are looked at when the collector starts, whether a pipeline uses the component or not;
    what is only looked at in components that are in use is only told there. A component with a
    setting that it does not know gets that finding alone: the one may be the other, misspelt.
    """

    code, name = "SL912", "missing-collector-field"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = ("opentelemetry-collector-contrib: the Validate functions of the components",)
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
            # ^^^^ SL912
            exporters:
              awscloudwatchlogs:
            # ^^^^^^^^^^^^^^^^^ SL912
                log_group_name: /shop/api
            """
        ),
        Bad(
            """
            # file: otel-config.yaml
            processors:
              memory_limiter:
            # ^^^^^^^^^^^^^^ SL912
                limit_mib: 100
            service:
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for problem in configuration.problems:
            certainty = configuration.reader.of_demand(problem)
            if certainty and problem.missing:
                severity, effect = weight(self, configuration, certainty)
                yield self.finding(
                    problem.node, problem.message, help=problem.help, severity=severity, effect=effect
                )
