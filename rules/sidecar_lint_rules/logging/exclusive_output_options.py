from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    LogOption,
    LogOutput,
    Manifest,
    Related,
    Rule,
    Severity,
    Stage,
    deployed_log_output,
)


class ExclusiveOutputOptions(Rule):
    """Two options of the output plugin exclude each other.

    Each says the same thing in another way, so the plugin refuses to choose, and Fluent Bit ends.
    An environment adds its options to those above `environments` and cannot take one away: where
    environments differ in this, the option belongs into each of them, and not above.
    """

    code, name = "SL217", "exclusive-output-options"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "Fluent Bit ends at once, and every task with it"
    sources = (
        "fluent-bit: plugins/out_cloudwatch_logs, out_kinesis_firehose, out_kinesis_streams",
        "aws/amazon-cloudwatch-logs-for-fluent-bit: cloudwatch/cloudwatch.go, Validate",
    )
    good = (
        "logging: {destination: {Name: firehose, time_key: time, log_key: log}}",
        "logging: {destination: {Name: cloudwatch_logs, log_stream_name: '', log_stream_prefix: api}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: cloudwatch
                log_stream_name: api
                log_stream_prefix: api/
            #   ^^^^^^^^^^^^^^^^^ SL217
            """
        ),
        Bad(
            """
            logging:
              destination: {Name: kinesis_firehose, log_key: log}
            environments:
              prod:
                logging:
                  destination: {time_key: time}
            #                   ^^^^^^^^ SL217
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        for group in output.plugin.exclusive if output else ():
            found = [option for name in group if output and (option := _certain(output, name))]
            if len(found) > 1:
                first, second, *_ = sorted(found, key=lambda option: option.key.span.start)
                message = f"{first.key.text} and {second.key.text} exclude each other"
                related = (Related(first.key.span, "the other one"),)
                yield self.finding(second.key, message, help="leave one of them out", related=related)


def _certain(output: LogOutput, name: str) -> LogOption | None:
    """An option that surely has a value: what the shell fills in may be empty."""
    option = output.options.get(name)
    return option if option and (option.is_secret or option.text is not None) else None
