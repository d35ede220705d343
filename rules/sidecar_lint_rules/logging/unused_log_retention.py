from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, deployed_log_output


class UnusedLogRetention(Rule):
    """`log_retention_days` is set, and the output does not create the log group.

    Both outputs for CloudWatch Logs set the retention of a log group right after they have created
    it, and only then. Without `auto_create_group` they create none: the log group keeps its events
    for as long as whoever created it said, which is for ever where nobody said anything.
    """

    code, name = "SL224", "unused-log-retention"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the log group keeps its events for ever, or for as long as something else says"
    sources = (
        "fluent-bit: plugins/out_cloudwatch_logs/cloudwatch_api.c, create_log_group",
        "aws/amazon-cloudwatch-logs-for-fluent-bit: cloudwatch/cloudwatch.go, createLogGroup",
    )
    good = (
        """
        logging:
          destination: {Name: cloudwatch, log_retention_days: 30, auto_create_group: true}
        """,
        "logging: {destination: {Name: cloudwatch, log_retention_days: 30, auto_create_group: '${X}'}}",
        "logging: {destination: {Name: cloudwatch, log_retention_days: 0}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: cloudwatch_logs
                log_retention_days: 30
            #   ^^^^^^^^^^^^^^^^^^ SL224
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        option = output.options.get("log_retention_days") if output else None
        if (
            output is None
            or option is None
            or output.plugin.is_on("auto_create_group", output.values) is not False
        ):
            return
        if "log_retention_days" in output.plugin.options and option.text not in (None, "0"):
            message = f"{output.plugin.name} sets no retention on a log group that it does not create"
            help_ = "add auto_create_group: true, or set the retention where the log group is created"
            yield self.finding(option.key, message, help=help_)
