from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    LOG_ROUTER,
    Bad,
    Finding,
    LogRouter,
    Manifest,
    OutputPlugin,
    Rule,
    Scalar,
    Severity,
    Stage,
    closest,
    is_container_overridden,
    is_logging_overridden,
    log_output,
    log_router,
    output_names,
    output_plugin,
)

#: What people call an output that has another name.
_ALIASES = {"awslogs": "cloudwatch_logs", "elasticsearch": "es"}
_AWSLOGS = (
    "leave `destination` out, as without it the logs go to CloudWatch,"
    " or write `cloudwatch_logs`, whose options have other names"
)
_IMAGES = {
    "aws": "aws-for-fluent-bit",
    "upstream": "Fluent Bit's own image",
    "newrelic": "New Relic's image",
    "grafana": "Grafana's image",
}


class UnknownOutput(Rule):
    """`logging.destination.Name` names an output plugin that the log router does not have.

    Fluent Bit looks for the plugin before it does anything else, and ends where there is none of that
    name. The log router is essential, so the task ends with it. `cloudwatch`, `firehose` and
    `kinesis` are not part of Fluent Bit: they are AWS's older plugins, and only in AWS's image.
    `newrelic` is only in New Relic's, and `grafana-loki` in Grafana's. An image of your own may have
    any plugin.
    """

    code, name = "SL214", "unknown-output"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "Fluent Bit ends at once, and every task with it"
    sources = ("fluent-bit: src/fluent-bit.c, src/flb_output.c (check_protocol)",)
    good = (
        "logging: {destination: {Name: CloudWatch_Logs}}",
        "logging: {image: example.com/router, destination: {Name: example}}",
        "logging: {image: newrelic/newrelic-fluentbit-output, destination: {Name: newrelic}}",
        "logging: {destination: {Name: '${OUTPUT}'}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: cloudwatchlogs
            #         ^^^^^^^^^^^^^^ SL214
            """,
            fixed="Name: cloudwatch_logs",
        ),
        Bad(
            """
            logging:
              destination:
                Name: newrelic
            #         ^^^^^^^^ SL214
            """
        ),
        Bad(
            """
            logging:
              image: fluent/fluent-bit:4.0.1
              destination:
                Name: firehose
            #         ^^^^^^^^ SL214
            """,
            fixed="Name: kinesis_firehose",
        ),
    )
    also_bad = (
        Bad(
            """
            logging: {destination: {Name: awslogs, region: eu-west-1}}
            #                             ^^^^^^^ SL214
            """,
            fixed="Name: cloudwatch_logs",
        ),
        Bad(
            """
            logging: {image: 'fluent/fluent-bit:1.9.10', destination: {Name: udp, Host: logs.example.com}}
            #                                                                ^^^ SL214
            """
        ),
    )
    also_good = (
        """
        logging: {destination: {Name: ours}}
        taskdef_overrides: [{path: 'ContainerDefinitions[1].Image', value: example.com/router}]
        """,
        "logging: {image: 'fluent/fluent-bit:5.0.1', destination: {Name: udp, Host: logs.example.com}}",
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = manifest.scalar("logging", "destination", "Name") if manifest.is_ecs else None
        if output is None or not output.known or not output.text or "${" in output.text:
            return
        if is_logging_overridden(manifest) or is_container_overridden(manifest, LOG_ROUTER, "Image"):
            return
        router = log_router(manifest.mapping("logging"))
        plugin = output_plugin(output.text)
        if plugin is None:
            yield from self._unknown(output, router)
        elif not router.has(plugin):
            yield self._elsewhere(manifest, output, router, plugin)
        elif router.release == "1.9" and plugin.versions == ("5",):
            message = f"Fluent Bit 1.9, which is in this image, has no output {output.text!r}"
            yield self.finding(output, message, help="take an image with a newer Fluent Bit")

    def _unknown(self, output: Scalar, router: LogRouter) -> Iterator[Finding]:
        nearest = _ALIASES.get(output.text.lower()) or closest(output.text, output_names())
        message = f"Fluent Bit has no output {output.text!r}"
        if router.distribution:
            help_ = _AWSLOGS if output.text.lower() == "awslogs" else ""
            yield self.finding(output, message, help=help_, replace=nearest)
        elif nearest:
            effect = "Fluent Bit ends at once, unless the image has such a plugin"
            yield self.finding(output, message, effect=effect, replace=nearest, severity=Severity.INFO)

    def _elsewhere(
        self, manifest: Manifest, output: Scalar, router: LogRouter, plugin: OutputPlugin
    ) -> Finding:
        message = f"{_IMAGES[router.distribution]} has no output {output.text!r}"
        where = " or ".join(_IMAGES[image] for image in plugin.images)
        help_ = f"take {where} as logging.image"
        if not plugin.twin:
            return self.finding(output, message, help=help_)
        if _takes_all(plugin.twin, manifest):
            return self.finding(
                output, message, help=f"{help_}, or write `{plugin.twin}`", replace=plugin.twin
            )
        help_ += f", or write `{plugin.twin}`, whose options have other names"
        return self.finding(output, message, help=help_)


def _takes_all(name: str, manifest: Manifest) -> bool:
    """Whether an output takes the options that are written for another one: then its name is all to be changed."""
    twin, used = output_plugin(name), log_output(manifest)
    return twin is not None and used is not None and all(twin.accepts(key.text) for key in used.keys)
