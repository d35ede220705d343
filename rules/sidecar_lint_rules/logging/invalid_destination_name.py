from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    LogOption,
    Manifest,
    NamedTuple,
    Rule,
    Scalar,
    Severity,
    Stage,
    deployed_log_output,
)
from sidecar_lint_rules.logging._name_templates import braced_key, unfilled_name


class _NameFormat(NamedTuple):
    """What a name of something in AWS must look like, as a pattern and in words."""

    pattern: str
    words: str


REGION = r"[a-z]{2,}(-[a-z]+)+-[0-9]+"
_STREAM = r"[a-zA-Z0-9_.-]"
_LETTERS = "letters, digits, '_', '.' and '-'"
_NAMES = {
    "log_group_name": _NameFormat(
        r"[.\-_/#A-Za-z0-9]{1,512}", "a log group's name has letters, digits and any of . - _ / # only"
    ),
    "log_stream_name": _NameFormat(r"[^:*]{1,512}", "a log stream's name has no ':' and no '*'"),
    "log_stream_prefix": _NameFormat(r"[^:*]{1,512}", "a log stream's name has no ':' and no '*'"),
    "delivery_stream": _NameFormat(_STREAM + "{1,64}", f"a delivery stream's name has up to 64 {_LETTERS}"),
    "stream": _NameFormat(_STREAM + "{1,128}", f"a stream's name has up to 128 {_LETTERS}"),
    "bucket": _NameFormat(_STREAM + "{3,255}", f"a bucket's name has at least 3 {_LETTERS}"),
    "region": _NameFormat(REGION, "a region's name is like us-west-2"),
}
#: The outputs whose options these are. `cloudwatch` itself replaces what a name may not have.
_OUTPUTS = {
    "cloudwatch": ("region",),
    "cloudwatch_logs": ("region", "log_group_name", "log_stream_name", "log_stream_prefix"),
    "firehose": ("region", "delivery_stream"),
    "kinesis_firehose": ("region", "delivery_stream"),
    "kinesis": ("region", "stream"),
    "kinesis_streams": ("region", "stream"),
    "s3": ("region", "bucket"),
}


class InvalidDestinationName(Rule):
    """The output is to send the logs to something that cannot exist.

    A name that AWS allows nothing to have: an ARN or a path where a name belongs, an availability
    zone for a region. AWS refuses each batch, the log router tries it again for a while and drops it.

    Or a name that nothing fills in. `cloudwatch` fills `$(key)` into its names. `cloudwatch_logs`
    fills nothing into names, and `$key` into the options `log_group_template` and
    `log_stream_template`: with `$(key)` there, or a key that no entry has, it takes the name without
    a template. `${key}` is a variable of the shell to Copilot in both. The keys that ECS adds are
    `ecs_cluster`, `ecs_task_arn` and `ecs_task_definition`; the last two have a `:`, which no log stream
    may be called by. A stream for each task needs `log_stream_prefix` alone: behind it comes the tag,
    which ends with the task's id.
    """

    code, name = "SL222", "invalid-destination-name"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "AWS refuses what the log router sends, and the logs are lost"
    sources = (
        "AWS API reference: CreateLogGroup, CreateLogStream, CreateDeliveryStream, CreateStream",
        "Amazon S3 user guide: General purpose bucket naming rules",
        "fluent-bit: plugins/out_cloudwatch_logs, log_stream_template",
        "aws/amazon-cloudwatch-logs-for-fluent-bit#371, #289",
    )
    good = (
        "logging: {destination: {Name: cloudwatch, region: us-west-2, log_group_name: '/a/$(ecs_cluster)'}}",
        "logging: {destination: {Name: s3, region: us-gov-west-1, bucket: logs.example.com}}",
        "logging: {destination: {Name: kinesis, stream: '${STREAM_ARN}'}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: firehose
                region: us-west-2a
            #           ^^^^^^^^^^ SL222
                delivery_stream: arn:aws:firehose:us-west-2:123456789012:deliverystream/logs
            #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL222
            """,
            fixed="delivery_stream: logs",
        ),
        Bad(
            """
            logging:
              destination:
                Name: cloudwatch_logs
                log_group_name: /api
                log_stream_name: api/$(ecs_task_id)
            #                    ^^^^^^^^^^^^^^^^^^ SL222
            """
        ),
        Bad(
            """
            logging:
              destination:
                Name: cloudwatch_logs
                log_group_name: $log_group_name
            #                   ^^^^^^^^^^^^^^^ SL222
                log_stream_name: api
                log_stream_template: api-$(ecs_task_id)
            #                        ^^^^^^^^^^^^^^^^^^ SL222
            """
        ),
        Bad(
            """
            logging:
              destination:
                Name: cloudwatch_logs
                log_group_name: /api
                log_stream_name: api
                log_stream_template: ${container_name}.out
            #                        ^^^^^^^^^^^^^^^^^^^^^ SL222
            """
        ),
        Bad(
            """
            logging:
              destination:
                Name: cloudwatch
                log_group_name: /api/${ecs_cluster}
            #                   ^^^^^^^^^^^^^^^^^^^ SL222
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        if output is None:
            return
        for name, option in output.options.items():
            written = option.node.text if isinstance(option.node, Scalar) and not option.is_secret else ""
            if (braced := braced_key(output, name, written)) and not option.text:
                message, effect, help_ = braced
                yield self.finding(option.node, message, effect=effect, help=help_, stage=Stage.COPILOT)
                continue
            unfilled = unfilled_name(output, name, option.text) if option.text else None
            if unfilled is not None:
                message, effect, help_ = unfilled
                yield self.finding(option.node, message, effect=effect or self.effect, help=help_)
            elif name in _OUTPUTS.get(output.plugin.name, ()):
                yield from self._named(name, option)

    def _named(self, name: str, option: LogOption) -> Iterator[Finding]:
        text, wanted = option.text, _NAMES[name]
        if text is not None and not re.fullmatch(wanted.pattern, text):
            meant = _meant(name, text)
            message = f"{text!r} is not a {name.replace('_', ' ')}"
            yield self.finding(option.node, message, help=f"{wanted.words}{_write(meant)}", replace=meant)


def _meant(name: str, text: str) -> str | None:
    """The name in an ARN, the region of an availability zone, or None."""
    if name == "region":
        zone = re.fullmatch(r"([a-z]{2,}(?:-[a-z]+)+-[0-9]+)[a-f]", text.lower().replace("_", "-"))
        region = zone[1] if zone else text.lower().replace("_", "-")
        return region if re.fullmatch(_NAMES["region"].pattern, region) else None
    arn = re.fullmatch(r"(?:arn:.*[:/]|s3://)([^:/*]+)/?", text)
    return arn[1] if arn else None


def _write(meant: str | None) -> str:
    return f"; write `{meant}`" if meant else ""
