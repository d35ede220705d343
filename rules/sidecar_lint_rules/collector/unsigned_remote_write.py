from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class UnsignedRemoteWrite(Rule):
    """Metrics are written to a workspace of Amazon Managed Service for Prometheus without a signature.

    The workspace takes requests that are signed with AWS credentials only. That is the business of the
    extension `sigv4auth`: configure it, name it in `service.extensions`, and write it in
    `auth.authenticator` of the exporter.
    """

    code, name = "SL928", "unsigned-remote-write"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "Amazon Managed Service for Prometheus refuses every request: 403"
    sources = ("aws-otel.github.io: Getting Started with Prometheus Remote Write Exporter for AMP",)
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
              prometheus_remote_write:
                endpoint: https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write
            #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL928
            service:
              pipelines:
                metrics:
                  receivers: [otlp]
                  exporters: [prometheus_remote_write]
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for endpoint in configuration.unsigned_workspaces:
            yield self.finding(
                endpoint,
                "requests to this workspace are not signed",
                help="add the extension sigv4auth, and `auth: {authenticator: sigv4auth}` here",
            )
