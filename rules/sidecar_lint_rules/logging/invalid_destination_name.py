from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sidecar_lint import Bad, Finding, LogOutput, Manifest, Rule, Severity, Stage
from sidecar_lint_rules.logging._outputs import output_in_use


class _Name(NamedTuple):
    """What a name of something in AWS must look like, as a pattern and in words."""

    pattern: str
    words: str


_STREAM = r"[a-zA-Z0-9_.-]"
_LETTERS = "letters, digits, '_', '.' and '-'"
_NAMES = {
    "log_group_name": _Name(
        r"[.\-_/#A-Za-z0-9]{1,512}", "a log group's name has letters, digits and any of . - _ / # only"
    ),
    "log_stream_name": _Name(r"[^:*]{1,512}", "a log stream's name has no ':' and no '*'"),
    "log_stream_prefix": _Name(r"[^:*]{1,512}", "a log stream's name has no ':' and no '*'"),
    "delivery_stream": _Name(_STREAM + "{1,64}", f"a delivery stream's name has up to 64 {_LETTERS}"),
    "stream": _Name(_STREAM + "{1,128}", f"a stream's name has up to 128 {_LETTERS}"),
    "bucket": _Name(_STREAM + "{3,255}", f"a bucket's name has {_LETTERS} only"),
    "region": _Name(r"[a-z]{2,}(-[a-z]+)+-[0-9]+", "a region's name is like us-west-2"),
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
    zone for a region, a `$(…)` in an output that does not fill it in (`cloudwatch` does,
    `cloudwatch_logs` does not). AWS refuses each batch, the log router tries it again for a while
    and drops it.
    """

    code, name = "SL222", "invalid-destination-name"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "AWS refuses what the log router sends, and the logs are lost"
    sources = (
        "AWS API reference: CreateLogGroup, CreateLogStream, CreateDeliveryStream, CreateStream",
        "Amazon S3 user guide: General purpose bucket naming rules",
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
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = output_in_use(manifest)
        for name in _OUTPUTS.get(output.plugin.name, ()) if output else ():
            if output and name in output.options:
                yield from self._named(output, name)

    def _named(self, output: LogOutput, name: str) -> Iterator[Finding]:
        option, wanted = output.options[name], _NAMES[name]
        text = option.text
        if text is None:
            return
        if "$(" in text and output.plugin.name == "cloudwatch_logs":
            message = "cloudwatch_logs does not fill in $(…)"
            effect = "the log stream has a name in which it stands as it is"
            if name == "log_group_name":
                effect = self.effect
            help_ = "write a name without it, or use the output cloudwatch"
            yield self.finding(option.node, message, effect=effect, help=help_)
        elif not re.fullmatch(wanted.pattern, text):
            meant = _meant(name, text)
            message = f"{text!r} is no {name.replace('_', ' ')}"
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
