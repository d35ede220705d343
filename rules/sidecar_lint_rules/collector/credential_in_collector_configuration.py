from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class CredentialInCollectorConfiguration(Rule):
    """A credential is written out in a collector's configuration.

    Give it to the container as a secret of its own, in `secrets` of the manifest, and refer to it:
    `${env:DD_API_KEY}`.
    """

    code, name = "SL923", "credential-in-collector-configuration"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "everybody who can read the file, or the parameter, can read the credential"
    sources = ("Amazon ECS developer guide: Sensitive data",)
    good = (
        """
        # file: otel-config.yaml
        exporters:
          datadog:
            api: {key: "${env:DD_API_KEY}"}
        service:
        """,
    )
    bad = (
        Bad(
            """
            # file: otel-config.yaml
            exporters:
              datadog:
                api:
                  key: 0123456789abcdef0123456789abcdef
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL923
              otlp_http:
                endpoint: https://example.com
                headers:
                  x-api-key: hunter2hunter2
            #                ^^^^^^^^^^^^^^ SL923
            service:
            """
        ),
    )
    also_good = (
        """
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0
            variables:
              AOT_CONFIG_CONTENT: |
                receivers: {otlp: {protocols: {grpc: }}}
                exporters:
                  otlphttp:
                    endpoint: https://example.com
                    headers: {x-api-key: $API_KEY, authorization: Bearer $TRACES_TOKEN}
                service: {pipelines: {traces: {receivers: [otlp], exporters: [otlphttp]}}}
        """,
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for credential in configuration.credentials:
            key = credential.key.text if credential.key else ""
            message = f"a credential is written out in {key!r}"
            yield self.finding(
                credential, message, help="put it into a secret of the manifest, and write `${env:NAME}`"
            )
