from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class AuthenticatorNotStarted(Rule):
    """A component uses an extension that the service does not start.

    `auth.authenticator` and `storage` name an extension. It has to be configured under `extensions` and
    named in `service.extensions`; otherwise the collector stops while it starts: "failed to resolve
    authenticator: authenticator not found". Its own validation of the configuration does not see that.
    """

    code, name = "SL921", "authenticator-not-started"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the collector reads the configuration, and fails when it starts the component"
    sources = ("opentelemetry-collector: config/configauth, exporter/exporterhelper",)
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
            extensions:
              sigv4auth:
                region: eu-west-1
            receivers:
              otlp:
                protocols:
                  grpc:
            exporters:
              prometheus_remote_write:
                endpoint: https://example.com/api/v1/write
                auth:
                  authenticator: sigv4auth
            #                    ^^^^^^^^^ SL921
            service:
              pipelines:
                metrics:
                  receivers: [otlp]
                  exporters: [prometheus_remote_write]
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        structure = configuration.structure
        if structure is None:
            return
        for link in configuration.missed_extensions:
            is_there = link.id in structure.defined("extensions")
            what = "the service does not start" if is_there else "there is no"
            help_ = (
                f"name it in `service.extensions`: [{link.id}]"
                if is_there
                else "configure it under `extensions`, and name it in `service.extensions`"
            )
            yield self.finding(
                link.node,
                f"{what} extension {str(link.id)!r}"
                if not is_there
                else f"{what} the extension {str(link.id)!r}",
                help=help_,
            )
