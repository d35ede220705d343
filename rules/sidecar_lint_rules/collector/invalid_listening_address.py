from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration

_URL: Final = r"[a-z]+://([^/]*:[0-9]+)/*"


class InvalidListeningAddress(Rule):
    """A component is told to listen at what is not an address.

    What listens takes host and port: `0.0.0.0:4317`. With `http://` before it, or without a port, the
    collector ends when it starts. Exporters for HTTP are the ones that take a URL.
    """

    code, name = "SL939", "invalid-listening-address"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start: listen: the address is refused"
    sources = ("Go: net, Listen and SplitHostPort",)
    good = (
        """
        # file: otel-config.yaml
        receivers:
          otlp: {protocols: {grpc: {endpoint: '[::]:4317'}, http: {endpoint: '${env:HOST}:4318'}}}
          statsd: {endpoint: ':8125'}
        exporters: {awsxray: , awsemf: }
        service:
          pipelines:
            traces: {receivers: [otlp], exporters: [awsxray]}
            metrics: {receivers: [statsd], exporters: [awsemf]}
        """,
    )
    bad = (
        Bad(
            """
            # file: otel-config.yaml
            extensions: {health_check: {endpoint: 0.0.0.0}, zpages: {endpoint: '0.0.0.0:99999'}}
            #                                     ^^^^^^^ SL939
            #                                                                  ^^^^^^^^^^^^^^^ SL939
            receivers:
              otlp:
                protocols:
                  grpc: {endpoint: 'http://0.0.0.0:4317'}
            #                      ^^^^^^^^^^^^^^^^^^^^^ SL939
                  http: {endpoint: '0.0.0.0:4318/v1/traces'}
            #                      ^^^^^^^^^^^^^^^^^^^^^^^^ SL939
            exporters: {awsxray: }
            service:
              extensions: [health_check, zpages]
              pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}
            """,
            fixed="grpc: {endpoint: '0.0.0.0:4317'}",
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for node, path, reason in configuration.bad_addresses:
            url = re.fullmatch(_URL, node.text)
            why = "it is a URL" if url else reason
            message = f"{path} is not an address to listen at: {why}"
            help_ = "" if url else "write host and port, such as 0.0.0.0:4317"
            yield self.finding(node, message, help=help_, replace=url[1] if url else None)
