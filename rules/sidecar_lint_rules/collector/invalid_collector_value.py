from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.collector._certainty import weight

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class InvalidCollectorValue(Rule):
    """A setting of the collector has a value that it does not take, or that contradicts another one.

    Many settings take one of a few words, or a number within bounds. Log groups, for instance, are kept
    for one of the numbers of days that CloudWatch knows, of which the collector does not know 1096.
    """

    code, name = "SL913", "invalid-collector-value"
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
            exporters:
              awsemf:
                log_retention: 31
            #                  ^^ SL913
            service:
            """,
            fixed="log_retention: 30",
        ),
        Bad(
            """
            # file: otel-config.yaml
            processors:
              batch:
                send_batch_size: 100
                send_batch_max_size: 50
            #                        ^^ SL913
            service:
            """
        ),
        Bad(
            """
            # file: otel-config.yaml
            exporters:
              otlp_http:
                endpoint: https://example.com:4318
                compression: GZIP
            #                ^^^^ SL913
            service:
            """,
            fixed="compression: gzip",
        ),
    )
    also_bad = (
        Bad(
            """
            # file: otel-config.yaml
            exporters: {debug: {verbosity: loud}}
            #                              ^^^^ SL913
            service:
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        reader = configuration.reader
        for wrong in configuration.wrong_values:
            if certainty := reader.of_value(wrong):
                listed = wrong.help
                if listed and not reader.is_exact:  # another release may take others than these
                    listed = "" if wrong.instead else f"in {reader.newest_known} {listed}"
                help_ = f"write `{wrong.instead}`; {listed}" if wrong.instead and listed else listed
                severity, effect = weight(self, configuration, certainty)
                yield self.finding(
                    wrong.node,
                    wrong.reason,
                    replace=wrong.instead,
                    help=help_,
                    severity=severity,
                    effect=effect,
                )
        for problem in configuration.problems:
            certainty = reader.of_demand(problem)
            if certainty and not problem.missing:
                severity, effect = weight(self, configuration, certainty)
                yield self.finding(
                    problem.node,
                    problem.message,
                    help=problem.help,
                    severity=severity,
                    effect=effect,
                    # What is for an exporter of another protocol is no address of this one's.
                    follows_from=[("SL937", problem.node)],
                )
