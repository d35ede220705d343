from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Edit,
    Finding,
    Fix,
    LogOutput,
    Manifest,
    OutputPlugin,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    deployed_log_output,
    enumerated,
    is_inherited_option,
    output_plugin,
    quoted,
)
from sidecar_lint_rules.logging._severities import severity_of


class OptionOfOtherOutput(Rule):
    """An option belongs to the other plugin for the same service.

    There are two plugins each for CloudWatch Logs (`cloudwatch`, `cloudwatch_logs`), for Firehose
    (`firehose`, `kinesis_firehose`) and for Kinesis (`kinesis`, `kinesis_streams`). The first is the
    older, written in Go; the second is part of Fluent Bit. Their options differ. The older ones
    ignore what they do not know, and those of Fluent Bit refuse it: Fluent Bit ends, and the task
    with it. `es` and `opensearch` differ in a few options, and both refuse what they do not know.
    Grafana's and New Relic's images bring outputs of their own, `grafana-loki` and `newrelic`, whose
    options differ from those of Fluent Bit's `loki` and `nrlogs`.
    """

    code, name = "SL218", "option-of-other-output"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "Fluent Bit refuses an option that the output does not know, and ends, and every task with it"
    sources = (
        "fluent-bit: src/flb_config_map.c, flb_config_map_properties_check",
        "aws/amazon-cloudwatch-logs-for-fluent-bit: fluent-bit-cloudwatch.go",
        "aws/amazon-kinesis-firehose-for-fluent-bit: fluent-bit-firehose.go",
        "aws/amazon-kinesis-streams-for-fluent-bit: fluent-bit-kinesis.go",
        "grafana/loki#2974, grafana/loki#6259",
    )
    good = (
        "logging: {destination: {Name: firehose, region: us-west-2, delivery_stream: a, data_keys: log}}",
        "logging: {destination: {Name: cloudwatch_logs, log_key: log, metric_namespace: api}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: kinesis_firehose
                region: us-west-2
                delivery_stream: logs
                data_keys: log
            #   ^^^^^^^^^ SL218
            """,
            fixed="Name: firehose",
        ),
        Bad(
            """
            logging:
              image: grafana/fluent-bit-plugin-loki:2.9.2
              destination:
                Name: loki
                Url: http://loki.example.com:3100/loki/api/v1/push
            #   ^^^ SL218
                LineFormat: json
            """,
            fixed="Name: grafana-loki",
        ),
        Bad(
            """
            logging:
              destination:
                Name: cloudwatch
                region: us-west-2
                log_group_name: /api
                log_stream_prefix: api/
                log_group_template: /$service
            #   ^^^^^^^^^^^^^^^^^^ SL218
            """
        ),
    )
    also_good = (
        """
        logging: {destination: {Name: kinesis_firehose, region: us-west-2, delivery_stream: logs, compression: gzip}}
        environments:
          prod: {logging: {destination: {Name: firehose}}}
        """,
    )
    also_bad = (
        Bad(
            """
            logging:
              destination: {Name: cloudwatch, region: us-west-2, log_group_name: a, log_stream_name: b, log_group_template: $c, default_log_group_name: d}
            #                                                                                           ^^^^^^^^^^^^^^^^^^ SL218
            """
        ),
        Bad(
            """
            logging:
              destination: {Name: kinesis_firehose, region: us-west-2, delivery_stream: logs, data_keys: log, compression: gzip}
            #                                                                                 ^^^^^^^^^ SL218
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        twin = output_plugin(output.plugin.twin) if output else None
        if output is None or twin is None or severity_of(output) is not None:
            return  # an image of one's own may have another plugin of that name
        keys = [
            key
            for key in output.unknown_keys
            if output.belongs_to_twin(key) and not is_inherited_option(manifest, key)
        ]
        if keys and output.means_twin:
            yield self._other(output, twin, keys)
            return
        for key in keys:
            yield self._misused(output, twin, key)

    def _other(self, output: LogOutput, twin: OutputPlugin, keys: list[Scalar]) -> Finding:
        """All that is written is for the other output: its name is the mistake."""
        names = enumerated(repr(key.text) for key in keys)
        verb = "are options" if keys[1:] else "is an option"
        return self.finding(
            keys[0],
            f"{names} {verb} of the output {twin.name}, not of {output.plugin.name}",
            help=f"write `Name: {twin.name}`",
            effect=None if output.plugin.is_strict else f"{output.plugin.name} ignores it",
            stage=None if output.plugin.is_strict else Stage.SILENT,
            fixes=_renamed(output.name, twin.name),
            related=tuple(Related(key.span, "the same") for key in keys[1:]),
        )

    def _misused(self, output: LogOutput, twin: OutputPlugin, key: Scalar) -> Finding:
        plugin = output.plugin
        return self.finding(
            key,
            f"{key.text!r} is an option of the output {twin.name}, not of {plugin.name}",
            help="leave it out",
            effect=None if plugin.is_strict else f"{plugin.name} ignores it",
            stage=None if plugin.is_strict else Stage.SILENT,
        )


def _renamed(name: Scalar, text: str) -> tuple[Fix, ...]:
    if not name.is_verbatim:
        return ()
    return (Fix(f"write `Name: {text}`", (Edit(name.span, quoted(text, name.style)),)),)
