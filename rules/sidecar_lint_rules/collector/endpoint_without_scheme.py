from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import Bad, Edit, Finding, Fix, Rule, Scalar, Severity, Stage, quoted

if TYPE_CHECKING:
    from sidecar_lint import Configuration

_URLS: Final = {
    "otlp_http": ("endpoint", "traces_endpoint", "metrics_endpoint", "logs_endpoint"),
    "prometheus_remote_write": ("endpoint",),
    "signalfx": ("ingest_url", "api_url"),
}
_BARE: Final = (
    r"(?:localhost|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|[A-Za-z0-9-]+(?=:[0-9]))(?::[0-9]{1,5})?(?:/\S*)?"
)
_LOCAL: Final = r"(?:localhost|127\.0\.0\.1|[^./:]+:)"


class EndpointWithoutScheme(Rule):
    """An exporter's endpoint is a URL, and this one has no `https://` or `http://`.

    The collector takes it: `example.com:4318` is a URL of the scheme `example.com` to it. It starts, and
    every request fails with "unsupported protocol scheme". Exporters for gRPC take host and port; those for
    HTTP take a URL.
    """

    code, name = "SL932", "endpoint-without-scheme"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector starts, and nothing is sent: unsupported protocol scheme"
    sources = ("Go: net/url, net/http", "timescale/tobs, issue 379")
    good = (
        """
        # file: otel-config.yaml
        receivers: {otlp: {protocols: {grpc: }}}
        exporters:
          otlp_http: {endpoint: 'https://collector.example.com:4318'}
          otlp_grpc: {endpoint: 'collector.example.com:4317'}
          prometheus_remote_write: {endpoint: '${env:HOST}:9090/write'}
        service:
          pipelines: {metrics: {receivers: [otlp], exporters: [otlp_http, otlp_grpc, prometheus_remote_write]}}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.45.0
                variables:
                  AOT_CONFIG_CONTENT: |
                    receivers: {otlp: {protocols: {grpc: }}}
                    exporters: {otlphttp: {endpoint: "api.example.com"}}
            #                                        ^^^^^^^^^^^^^^^^^ SL932
                    service: {pipelines: {traces: {receivers: [otlp], exporters: [otlphttp]}}}
            """,
            fixed='endpoint: "https://api.example.com"',
        ),
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            exporters:
              otlp_http: {endpoint: 'collector.example.com:4318'}
            #                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL932
              prometheus_remote_write: {endpoint: localhost:9090/api/v1/write}
            #                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL932
            service:
              pipelines: {metrics: {receivers: [otlp], exporters: [otlp_http, prometheus_remote_write]}}
            """,
            fixed="endpoint: 'https://collector.example.com:4318'",
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for node in configuration.endpoints(_URLS):
            if re.fullmatch(_BARE, node.text):
                scheme = "http" if re.match(_LOCAL, node.text) else "https"
                help_ = f"write {scheme}://{node.text}"
                message = f"{node.text!r} is not a URL: its scheme is missing"
                fixes = _fixes(node, scheme)
                # Where the collector does not even start with it, that is told.
                yield self.finding(node, message, help=help_, fixes=fixes, follows_from=[("SL913", node)])


def _fixes(node: Scalar, scheme: str) -> tuple[Fix, ...]:
    if not node.is_verbatim:
        return ()
    edit = Edit(node.span, quoted(f"{scheme}://{node.text}", node.style))
    return (Fix(f"write {scheme}:// before it", (edit,)),)
