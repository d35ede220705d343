from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.collector._certainty import weight

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class InvalidCollectorReference(Rule):
    """A `${…}` in a collector's configuration cannot be replaced.

    The collector replaces `${env:NAME}`, `${env:NAME:-default}` and `${NAME}` (without a default) in
    values. It knows the schemes env, file, http, https, s3 and yaml; SSM parameters and Secrets Manager
    are not among them, and neither are CloudFormation's `${AWS::Region}` or Prometheus' `${1}`. A literal
    `${` is written `$${`.

    What a variable holds is not looked at: one that is not set only makes the value empty.
    """

    code, name = "SL922", "invalid-collector-reference"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = ("opentelemetry-collector: confmap/expand.go, confmap/provider/envprovider",)
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
                region: ${AWS::Region}
            #           ^^^^^^^^^^^^^^ SL922
                namespace: ${NAMESPACE:-shop}
            #              ^^^^^^^^^^^^^^^^^^ SL922
            service:
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for fault in configuration.faults:
            certainty = configuration.reader.of_fault(fault)
            if certainty:
                severity, effect = weight(self, configuration, certainty)
                reference = fault.reference
                yield self.finding(
                    fault.span, reference.fault, help=reference.help, severity=severity, effect=effect
                )
