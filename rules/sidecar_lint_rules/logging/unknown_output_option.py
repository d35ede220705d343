from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Edit,
    Finding,
    Fix,
    LogOutput,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    deployed_log_output,
    is_inherited_option,
    quoted,
)
from sidecar_lint_rules.logging._severities import severity_of

#: What AWS documents for every log driver, and the ECS agent hands to the output nevertheless.
_OF_DRIVER = ("mode", "max-buffer-size")
_DRIVER = "leave it out: with FireLens ECS hands it to the output; log-driver-buffer-limit is the size of the buffer"

#: What Datadog takes as a tag, and people write as an option.
_TAGS = ("env", "version", "team")


class UnknownOutputOption(Rule):
    """The output plugin has no such option.

    Everything in `destination` and `secretOptions` is handed to the output plugin by its name, where
    upper and lower case are one. The plugins of Fluent Bit refuse a name that they do not know:
    Fluent Bit ends, and the task with it. AWS's older plugins (`cloudwatch`, `firehose`, `kinesis`)
    ignore it. The option is compared with every release of Fluent Bit from 1.9 on, with AWS's
    additions, and with the options that all outputs have.

    `mode` and `max-buffer-size`, which AWS documents for every log driver, the ECS agent hands to the
    output as well. They count for the driver `awslogs`, which since June 2025 drops logs rather than
    block the container; a patch of `LogConfiguration/Options/mode` makes it `blocking`.
    """

    code, name = "SL219", "unknown-output-option"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "Fluent Bit refuses an option that the output does not know, and ends, and every task with it"
    sources = (
        "fluent-bit: src/flb_config_map.c, flb_config_map_properties_check",
        "aws/aws-for-fluent-bit#348",
        "amazon-ecs-agent: firelensconfig_unix.go; Amazon ECS API reference: LogConfiguration",
    )
    good = (
        "logging: {destination: {Name: datadog, Host: logs.example.com, TLS: on, dd_tags: 'team:a'}}",
        "logging: {destination: {Name: kafka, rdkafka.security.protocol: SSL, net.keepalive: on}}",
        "logging: {destination: {Name: nats, subject: logs}}",
        "logging: {image: example.com/router, destination: {Name: stdout, colour: red}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: datadog
                env: staging
            #   ^^^ SL219
              secretOptions:
                apikey: /copilot/demo/prod/secrets/DATADOG_API_KEY
            """
        ),
        Bad(
            """
            logging:
              destination:
                Name: datadog
                dd_tag: team:a
            #   ^^^^^^ SL219
              secretOptions:
                api_key: /copilot/demo/prod/secrets/DATADOG_API_KEY
            #   ^^^^^^^ SL219
            """,
            fixed="apikey: /copilot",
        ),
        Bad(
            """
            logging:
              destination:
                Name: firehose
                region: us-west-2
                stream: logs
            #   ^^^^^^ SL219
            """,
            fixed="delivery_stream: logs",
        ),
    )
    also_bad = (
        Bad(
            """
            logging:
              destination: {Name: datadog, colour: red, mode: non-blocking}
            #                              ^^^^^^ SL219
            #                                           ^^^^ SL219
            """
        ),
        Bad(
            """
            logging:
              configFilePath: /extra.conf
              destination: {Name: cloudwatch, region: us-west-2, log_group_name: a, log_stream_name: b}
              secretOptions: {API_KEY: /copilot/demo/prod/secrets/API_KEY}
            #                 ^^^^^^^ SL219
            """
        ),
        Bad(
            """
            logging:
              destination: {Name: cloudwatch, region: us-west-2, log_group_name: a, log_stream_name: b}
              secretOptions: {API_KEY: /copilot/demo/prod/secrets/API_KEY}
            #                 ^^^^^^^ SL219
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        if output is None:
            return
        for key in output.unknown_keys:
            if output.belongs_to_twin(key):
                continue
            nearest = output.suggestion(key)
            nearest = None if nearest in output.options else nearest
            own = not output.router.distribution
            if not is_inherited_option(manifest, key) and not (own and nearest is None):
                yield self._unknown(output, key, nearest)

    def _unknown(self, output: LogOutput, key: Scalar, nearest: str | None) -> Finding:
        plugin = output.plugin
        effect: str | None = None
        if not plugin.is_strict:
            effect = f"{plugin.name} ignores it"
            if any(nearest in group for group in plugin.missing(output.values)):
                effect = f"{plugin.name} ends for want of {nearest}, and every task with it"
        return self.finding(
            key,
            f"the output {plugin.name} has no option {key.text!r}",
            effect=effect,
            stage=Stage.SILENT if effect and "ignores" in effect else None,
            severity=Severity.INFO if _may_serve_another(output, key) else severity_of(output),
            help=_advice(output, key, nearest),
            fixes=_renamed(key, nearest) if nearest and key.text not in _OF_DRIVER else (),
        )


def _advice(output: LogOutput, key: Scalar, nearest: str | None) -> str:
    if key.text in _OF_DRIVER:
        return _DRIVER
    if nearest:
        return f"write `{nearest}`"
    option = output.options.get(key.text.lower())
    if output.plugin.name == "datadog" and key.text.lower() in _TAGS and option and option.text:
        return f"write it into dd_tags, as {key.text.lower()}:{option.text}"
    return "leave it out"


def _may_serve_another(output: LogOutput, key: Scalar) -> bool:
    """Whether a configuration of the user's own may use a secret that this output ignores."""
    own = output.section.get("configFilePath") is not None or not output.router.distribution
    return own and output.is_secret(key) and not output.plugin.is_strict


def _renamed(key: Scalar, text: str) -> tuple[Fix, ...]:
    return (
        () if key.tag is not None else (Fix(f"write `{text}`", (Edit(key.span, quoted(text, key.style)),)),)
    )
