from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, deployed_log_output
from sidecar_lint_rules.logging._severities import severity_of


class MissingOutputOption(Rule):
    """The output plugin lacks an option without which it does not start.

    Some options have no default: where the logs go, and often in which region. The plugin looks for
    them when Fluent Bit starts, and Fluent Bit ends where one is missing. The log router is
    essential, so the task ends with it. Copilot fills in none of them, and an empty value counts as
    none. `secretOptions` may give any of them.
    """

    code, name = "SL215", "missing-output-option"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "Fluent Bit ends at once, and every task with it"
    sources = (
        "fluent-bit: plugins/out_*, the init function of each",
        "aws/amazon-cloudwatch-logs-for-fluent-bit: cloudwatch/cloudwatch.go, Validate",
        "aws/copilot-cli#1725",
    )
    good = (
        """
        logging:
          destination: {Name: cloudwatch, Region: us-west-2, log_group_name: /api, log_stream_prefix: api/}
        """,
        """
        logging:
          destination: {Name: datadog}
          secretOptions: {apikey: /copilot/demo/prod/secrets/DATADOG_API_KEY}
        """,
        """
        environments:
          prod:
            logging: {destination: {Name: firehose, region: '${REGION}', delivery_stream: logs}}
        """,
        """
        logging: {destination: {Name: firehose, region: us-west-2}}
        # file: copilot/api/overrides/cfn.patches.yml
        - op: add
          path: /Resources/TaskDefinition/Properties/ContainerDefinitions/0/LogConfiguration/Options/delivery_stream
          value: {Ref: LogStream}
        """,
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: cloudwatch
            #         ^^^^^^^^^^ SL215
                log_group_name: /api
            """
        ),
        Bad(
            """
            logging:
              destination:
                Name: opensearch
            #         ^^^^^^^^^^ SL215
                Host: search.example.com
                AWS_Auth: On
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        missing = output.plugin.missing(output.values) if output else ()
        if output is None or not missing or output.means_twin:
            return
        meant = {output.suggestion(key) for key in output.unknown_keys}
        left = [" or ".join(group) for group in missing if meant.isdisjoint(group)]
        if left:
            listed = ", ".join(left[:-1]) + (" and " if len(left) > 1 else "") + left[-1]
            message = f"the output {output.plugin.name} needs {listed}"
            yield self.finding(output.name, message, help=f"add {listed}", severity=severity_of(output))
