from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    LogOption,
    LogOutput,
    Manifest,
    NamedTuple,
    Node,
    OutputOption,
    Rule,
    Severity,
    Stage,
    closest,
    deployed_log_output,
    generic_options,
    natural,
)
from sidecar_lint_rules.logging._severities import severity_of

_SWITCHES = {"c": ("true", "on", "yes", "false", "off", "no"), "go": ("true", "false")}
_SECONDS = {"m": 60, "h": 3600, "d": 86400}


class _BadValue(NamedTuple):
    """What is wrong with a value, what comes of it, and what would be right."""

    message: str
    effect: str
    help: str
    replace: str | None = None


class InvalidOutputValue(Rule):
    """An option of the output has a value that is not read as what is written.

    Fluent Bit takes `on`, `true`, `yes` and their opposites for a switch; its plugins refuse anything
    else. AWS's older plugins (`cloudwatch`, `firehose`, `kinesis`) know `true` and `false` alone, and
    take `on` for nothing. Of a number or a duration Fluent Bit reads the digits that it begins with,
    and of a duration the last letter, if it is `s`, `m`, `h` or `d`: `10min` is ten seconds. `yes`
    does not switch `tls` on in Fluent Bit 1.9, which is in aws-for-fluent-bit 2.
    """

    code, name = "SL220", "invalid-output-value"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "Fluent Bit refuses the value and ends, and every task with it"
    sources = (
        "fluent-bit: src/flb_config_map.c (flb_config_map_set), src/flb_utils.c",
        "aws/amazon-cloudwatch-logs-for-fluent-bit: fluent-bit-cloudwatch.go, getBoolParam",
    )
    good = (
        "logging: {destination: {Name: cloudwatch, auto_create_group: 'True', log_retention_days: 14}}",
        "logging: {destination: {Name: cloudwatch_logs, auto_create_group: On, port: 443}}",
        "logging: {destination: {Name: s3, upload_timeout: 10m, use_put_object: '${PUT}'}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: cloudwatch
                auto_create_group: on
            #                      ^^ SL220
            """,
            fixed="auto_create_group: true",
        ),
        Bad(
            """
            logging:
              destination:
                Name: s3
                use_put_object: enabled
            #                   ^^^^^^^ SL220
                upload_timeout: 10min
            #                   ^^^^^ SL220
                compression: zip
            #                ^^^ SL220
            """,
            fixed="compression: gzip",
        ),
        Bad(
            """
            logging:
              image: fluent/fluent-bit:1.9.10
              destination:
                Name: loki
                port: https
            #         ^^^^^ SL220
                tls: yes
            #        ^^^ SL220
            """,
            fixed="tls: on",
        ),
    )
    also_bad = (
        Bad(
            """
            logging:
              image: fluent/fluent-bit:1.9.10
              destination: {Name: loki, port: -443/tcp, net.keepalive_idle_timeout: +5s}
            #                                 ^^^^^^^^ SL220
            """
        ),
        Bad(
            """
            logging: {destination: {Name: s3, upload_timeout: 1sec, retry_limit: none}}
            #                                                 ^^^^ SL220
            """
        ),
        Bad(
            """
            logging: {destination: {Name: s3, upload_timeout: 1.5h}}
            #                                                 ^^^^ SL220
            """
        ),
        Bad(
            """
            logging: {destination: {Name: cloudwatch, auto_create_group: true, log_retention_days: 2w}}
            #                                                                                      ^^ SL220
            """
        ),
        Bad(
            """
            logging: {destination: {Name: cloudwatch_logs, auto_create_group: on, log_retention_days: 15}}
            #                                                                                         ^^ SL220
            """
        ),
        Bad(
            """
            logging: {destination: {Name: kinesis, stream: logs, experimental_concurrency: many}}
            #                                                                              ^^^^ SL220
            """
        ),
    )
    also_good = (
        "logging: {image: 'fluent/fluent-bit:1.9.10', destination: {Name: loki, tls: on}}",
        "logging: {image: 'fluent/fluent-bit:3.2.10', destination: {Name: loki, tls: yes}}",
        "logging: {destination: {Name: cloudwatch_logs, log_retention_days: 15}}",
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        for name, option in output.options.items() if output else ():
            problem = _problem(output, name, option) if output else None
            if output and problem:
                yield self._wrong(output, option.node, problem)

    def _wrong(self, output: LogOutput, place: Node, problem: _BadValue) -> Finding:
        message, effect, help_, replace = problem
        return self.finding(
            place, message, effect=effect, help=help_, replace=replace, severity=severity_of(output)
        )


def _problem(output: LogOutput, name: str, option: LogOption) -> _BadValue | None:
    text = option.text
    fact = output.plugin.options.get(name) or generic_options().get(name)
    if text is None or fact is None:
        return None
    match fact.type:
        case "bool":
            return _switch(output, name, text, fact)
        case "int" if not re.fullmatch(r"\s*[+-]?[0-9]+\s*", text):
            return _number(output, name, text)
        case "time" if not re.fullmatch(r"[0-9]+[smhdSMHD]?", text):
            return _duration(name, text)
    return _choice(output, name, text, fact) if fact.values else None


def _switch(output: LogOutput, name: str, text: str, fact: OutputOption) -> _BadValue | None:
    plugin, plain = output.plugin, text.lower()
    if name not in plugin.options:
        return _tls(output, name, text)
    if plain in _SWITCHES[plugin.language]:
        return None
    meant = "true" if plain in ("on", "yes") else "false" if plain in ("off", "no") else None
    listed = "on or off" if plugin.language == "c" else "true or false"
    effect = (
        InvalidOutputValue.effect if plugin.language == "c" else f"{plugin.name} takes it for {fact.default}"
    )
    return _BadValue(f"{name} takes {listed}, not {text!r}", effect, f"write {listed}", meant)


def _tls(output: LogOutput, name: str, text: str) -> _BadValue | None:
    message = f"{name} takes on or off, not {text!r}"
    if text.lower() not in _SWITCHES["c"]:
        return _BadValue(message, "it does not count as on", "write on or off")
    if text.lower() != "yes" or output.router.release != "1.9":
        return None
    return _BadValue(message, "it counts as off in the Fluent Bit 1.9 of this image", "", "on")


def _number(output: LogOutput, name: str, text: str) -> _BadValue:
    effect = f"Fluent Bit reads it as {_leading(text)}"
    if output.plugin.language == "go":
        effect = InvalidOutputValue.effect if name != "log_retention_days" else "it counts as 0"
    return _BadValue(f"{name} takes a number, not {text!r}", effect, "write a whole number")


def _duration(name: str, text: str) -> _BadValue:
    seconds = _leading(text) * _SECONDS.get(text[-1].lower(), 1)
    unit = "second" if seconds == 1 else "seconds"
    message = f"{name} takes a duration such as 10m, not {text!r}"
    return _BadValue(
        message, f"Fluent Bit reads it as {seconds} {unit}", "write digits and one of s, m, h and d"
    )


def _leading(text: str) -> int:
    """What C's atoi makes of a text."""
    match = re.match(r"\s*+([+-]?)([0-9]++)", text)
    if match is None:
        return 0
    return -natural(match[2]) if match[1] == "-" else natural(match[2])


def _choice(output: LogOutput, name: str, text: str, fact: OutputOption) -> _BadValue | None:
    if text.lower() in (value.lower() for value in fact.values):
        return None
    message = f"{name} cannot be {text!r}"
    help_ = f"write one of {', '.join(value for value in fact.values if value != '0')}"
    if name != "log_retention_days":
        return _BadValue(message, InvalidOutputValue.effect, help_, closest(text, fact.values))
    # Without auto_create_group the option does nothing at all, which is another rule's.
    creates = output.plugin.is_on("auto_create_group", output.values)
    effect = "CloudWatch Logs refuses the retention policy: it knows only certain periods"
    return _BadValue(message, effect, help_) if creates else None
