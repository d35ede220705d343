from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.collector._certainty import weight_in_parameter

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class BracesInCollectorConfiguration(Rule):
    """A collector's configuration holds `{{…}}`.

    Systems Manager takes that for a reference to another parameter and refuses the value. Templates of
    Go, Helm or Prometheus have to be filled in before the configuration is stored. Of a file that no manifest
    is known to use, nobody knows whether a parameter holds it: this is only information.
    """

    code, name = "SL925", "braces-in-collector-configuration"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "Systems Manager refuses the parameter: it cannot nest another one"
    sources = ("AWS Systems Manager: PutParameter, ValidationException",)
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
                namespace: "{{ .Namespace }}"
            #               ^^^^^^^^^^^^^^^^ SL925
            service:
            """
        ),
    )
    also_good = (
        """
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            variables:
              AOT_CONFIG_CONTENT: |
                exporters: {awsemf: {namespace: '{{ .Namespace }}'}}
        """,
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        if configuration.stored is False:
            return
        severity, effect = weight_in_parameter(self, configuration)
        for span in configuration.braces:
            yield self.finding(
                span,
                "a parameter cannot hold `{{`",
                help="write what belongs there, or `${env:NAME}`",
                severity=severity,
                effect=effect,
            )
