from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class CloudwatchOtlpEndpoint(Rule):
    """An exporter sends OTLP to CloudWatch in a way that CloudWatch refuses.

    CloudWatch takes OTLP over HTTPS: logs at `logs.REGION`, metrics at `monitoring.REGION` and traces at
    `xray.REGION`, each with its own path. Requests are signed by the extension `sigv4auth` for the service
    that the host is called after, in its region, or carry a token; logs name their group and stream, which
    must exist, in headers; bodies are compressed with gzip or not at all. Traces need Transaction Search
    to be on. The exporter is `otlp_http`: its `endpoint` gets a path for each signal, and
    `traces_endpoint`, `metrics_endpoint` and `logs_endpoint` are taken as they are.

    This rests on the documentation of CloudWatch and on the sources of the exporter and of the extension; it
    was not run on AWS.
    """

    code, name = "SL937", "cloudwatch-otlp-endpoint"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "CloudWatch refuses every request"
    sources = (
        "Amazon CloudWatch user guide: OTLP Endpoints",
        "opentelemetry-collector-contrib: extension/sigv4authextension, issue 48738",
        "opentelemetry-collector: exporter/otlphttpexporter",
    )
    good = (
        """
        # file: otel-config.yaml
        extensions:
          sigv4auth/logs: {service: logs, region: eu-west-1}
          sigv4auth/traces: {service: xray}
        receivers: {otlp: {protocols: {grpc: }}}
        exporters:
          otlp_http/logs:
            logs_endpoint: https://logs.eu-west-1.amazonaws.com/v1/logs
            headers: {x-aws-log-group: a, X-Aws-Log-Stream: b}
            auth: {authenticator: sigv4auth/logs}
          otlp_http/traces:
            traces_endpoint: https://xray.${env:AWS_REGION}.amazonaws.com/v1/traces
            auth: {authenticator: sigv4auth/traces}
          otlp_http/metrics:
            endpoint: https://monitoring.eu-west-1.amazonaws.com
            headers: {Authorization: 'Bearer ${env:TOKEN}'}
        service:
          extensions: [sigv4auth/logs, sigv4auth/traces]
          pipelines:
            logs: {receivers: [otlp], exporters: [otlp_http/logs]}
            traces: {receivers: [otlp], exporters: [otlp_http/traces]}
            metrics: {receivers: [otlp], exporters: [otlp_http/metrics]}
        """,
    )
    bad = (
        Bad(
            """
            # file: otel-config.yaml
            extensions:
              sigv4auth: {service: monitoring, region: us-east-1}
            #                      ^^^^^^^^^^ SL937
            #                                          ^^^^^^^^^ SL937
            receivers: {otlp: {protocols: {grpc: }}}
            exporters:
              otlp_http/traces:
                traces_endpoint: https://xray.eu-west-1.amazonaws.com/v1/traces
                auth: {authenticator: sigv4auth}
              otlp_http/logs:
                logs_endpoint: https://logs.eu-west-1.amazonaws.com/v1/logs
            #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL937
            #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL937
              otlp_http/metrics:
                endpoint: https://monitoring.eu-west-1.amazonaws.com/v1/metrics
            #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL937
                headers: {authorization: 'Bearer ${env:TOKEN}'}
            service:
              extensions: [sigv4auth]
              pipelines:
                traces: {receivers: [otlp], exporters: [otlp_http/traces]}
                logs: {receivers: [otlp], exporters: [otlp_http/logs]}
                metrics: {receivers: [otlp], exporters: [otlp_http/metrics]}
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        from sidecar_lint import cloudwatch_refusals

        for refusal in cloudwatch_refusals(configuration):
            yield self.finding(refusal.node, refusal.message, help=refusal.help, effect=refusal.effect)
