from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Rule,
    Severity,
    Stage,
    are_containers_overridden,
    deployed_log_output,
    sends_to_itself,
)
from sidecar_lint_rules.logging._severities import severity_of


class OutputWithoutHost(Rule):
    """An output that sends logs over the network is not told where to.

    Without `Host` it sends them to 127.0.0.1. In a task that is the task itself: where a sidecar
    listens there, all is well, but this task has no sidecar. The log router tries for a while and
    then drops the logs.
    """

    code, name = "SL216", "output-without-host"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the logs are sent to 127.0.0.1, which is the task itself, and are lost"
    sources = ("fluent-bit: plugins/out_*, flb_output_net_default",)
    good = (
        "logging: {destination: {Name: splunk, host: splunk.example.com, splunk_token: '${TOKEN}'}}",
        """
        logging: {destination: {Name: forward}}
        sidecars:
          aggregator: {image: fluent/fluentd, port: 24224}
        """,
        "logging: {destination: {Name: 'tcp://logs.example.com:5170'}}",
        "logging: {destination: {Name: es, Cloud_ID: 'logs:abc'}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: loki
            #         ^^^^ SL216
                labels: job=api
            """
        ),
    )
    also_good = (
        """
        logging: {image: 'grafana/fluent-bit-plugin-loki:2.9.2', destination: {Name: loki, Url: 'http://loki.example.com:3100/loki/api/v1/push'}}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        if output is None or not output.plugin.peer or manifest.sidecars:
            return
        if "://" in output.name.text or not output.values.keys().isdisjoint(output.plugin.peer):
            return
        if are_containers_overridden(manifest):
            return
        if output.means_twin or sends_to_itself(manifest, output):
            return
        message = f"the output {output.plugin.name} has no host to send the logs to"
        help_ = "add Host: the name of the server"
        yield self.finding(output.name, message, help=help_, severity=severity_of(output))
