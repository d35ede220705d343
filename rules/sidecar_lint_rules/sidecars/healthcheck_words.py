from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Edit,
    Finding,
    Fix,
    HealthCheckCommand,
    Manifest,
    Rule,
    Severity,
    Span,
    Stage,
    image_contents,
    quoted,
)
from sidecar_lint_rules.sidecars._healthchecks import SHELL_SYNTAX, commands, help_for, what_happens

_OPERATORS: Final = ("||", "&&", "|", ";", ">", ">>", "<")
#: How many words CMD-SHELL takes.
_FORM_AND_LINE: Final = 2


class HealthcheckWords(Rule):
    """The words of a health check's command are not divided as its form wants them.

    `CMD` runs a program: the next word is its name, and each further word one argument, as they are. A
    whole line in one word is the name of a program that nobody has, and `||` or `|` is an argument.
    `CMD-SHELL` is for a line: the shell gets the one word behind it. Where there are more, Docker hands
    them to `sh -c` as they are, which runs the first one alone; whether Fargate puts them together is not
    documented, so that is only information.

    This rests on the sources of Docker and on the documentation of ECS; it was not run on AWS.
    """

    code, name = "SL151", "healthcheck-words"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the check always fails"
    sources = ("moby: daemon/health.go, cmdProbe", "AWS ECS API: HealthCheck")
    good = (
        """
        image: {healthcheck: {command: [CMD-SHELL, curl -f http://localhost || exit 1]}}
        sidecars:
          a: {image: example, healthcheck: {command: [CMD, curl, -f, 'http://localhost/?a=1&b=2']}}
          b: {image: example, healthcheck: {command: [CMD, sh, -c, curl -f http://localhost || exit 1]}}
        """,
    )
    bad = (
        Bad(
            """
            image: {healthcheck: {command: [CMD, curl -f http://localhost || exit 1]}}
            #                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL151
            sidecars:
              a: {image: example, healthcheck: {command: [CMD, curl, -f, http://localhost, '||', exit, '1']}}
            #                                                                              ^^^^ SL151
              b: {image: example, healthcheck: {command: [CMD-SHELL, curl, -f, http://localhost]}}
            #                                                        ^^^^ SL151
            """,
            fixed="command: [CMD-SHELL, curl -f http://localhost || exit 1]",
        ),
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                healthcheck: {command: [CMD, /healthcheck --port=13134]}
            #                                ^^^^^^^^^^^^^^^^^^^^^^^^^ SL151
            """,
            fixed='command: [CMD, /healthcheck, "--port=13134"]',
        ),
        Bad(
            """
            image: {healthcheck: {command: [CMD, redis-cli ping]}}
            #                                    ^^^^^^^^^^^^^^ SL151
            """,
            fixed="command: [CMD, redis-cli, ping]",
        ),
    )
    also_good = ("image: {healthcheck: {command: [CMD]}}",)
    also_bad = (
        Bad(
            """
            image:
              healthcheck:
                command:
                  - CMD
                  - redis-cli ping
            #       ^^^^^^^^^^^^^^ SL151
            sidecars:
              a:
                image: example
                healthcheck:
                  command:
                    - CMD
                    - curl http://localhost || exit 1
            #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL151
              b: {image: example, healthcheck: {command: [CMD, 'redis-cli -h ${HOST}']}}
              c: {image: example, healthcheck: {command: [CMD, curl, '||', exit, '1']}}
            #                                                        ^^^^ SL151
            """
        ),
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                healthcheck: {command: [CMD, 'curl -f http://localhost:13133']}
            #                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL151
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        waits = manifest.awaited_for_health
        for command in commands(manifest):
            if len(command.words) > 1:
                yield from (
                    self._cmd(manifest, command, waits) if command.form == "CMD" else self._shell(command)
                )

    def _cmd(
        self, manifest: Manifest, command: HealthCheckCommand, waits: dict[str, str]
    ) -> Iterator[Finding]:
        program, effect = command.words[1], what_happens(command.container, waits)
        operator = next((word for word in command.words[2:] if word.text in _OPERATORS), None)
        contents = image_contents(manifest, command.container)
        has_shell = contents is None or not contents.has_no_shell
        line = " ".join(word.text for word in command.words[1:])
        if " " in program.text.strip():
            message = f"CMD takes {program.text!r} for the name of a program"
            words = None if re.search(SHELL_SYNTAX, program.text) else _words(program.text)
            help_ = "write each word apart" if words else f"write [CMD-SHELL, {line!r}]"
            fixes = _apart(command, words) if words else _for_shell(command, line) if has_shell else ()
            called = words[0] if words else program.text.split()[0]
            if contents and (contents.lacks(called) or (not words and not has_shell)):
                help_, fixes = help_for(command.container), ()
            yield self.finding(program, message, effect=effect, help=help_, fixes=fixes)
        elif operator and command.line is None:
            message = f"CMD hands {operator.text!r} to {program.text!r} as an argument: no shell reads it"
            help_ = f"write [CMD-SHELL, {line!r}]" if has_shell else help_for(command.container)
            fixes = _for_shell(command, line) if has_shell else ()
            severity = Severity.WARNING
            effect = "the check most likely fails"
            yield self.finding(operator, message, effect=effect, help=help_, fixes=fixes, severity=severity)

    def _shell(self, command: HealthCheckCommand) -> Iterator[Finding]:
        if command.form != "CMD-SHELL" or len(command.words) == _FORM_AND_LINE:
            return
        first = command.words[1]
        message = f"CMD-SHELL takes one text; {first.text!r} is all that the shell runs"
        yield self.finding(
            first,
            message,
            effect="Docker runs this word alone; what Fargate does with the others is not documented",
            help="write CMD for a program with its arguments, or one text behind CMD-SHELL",
            severity=Severity.INFO,
        )


def _words(text: str) -> list[str] | None:
    import shlex

    try:
        return shlex.split(text)
    except ValueError:
        return None


def _apart(command: HealthCheckCommand, words: list[str]) -> tuple[Fix, ...]:
    """The first word written as several, in a list of one line."""
    program = command.words[1]
    if not command.node.flow or not program.is_verbatim:
        return ()
    text = ", ".join(quoted(word, program.style) for word in words)
    return (Fix("write each word apart", (Edit(program.span, text),)),)


def _for_shell(command: HealthCheckCommand, line: str) -> tuple[Fix, ...]:
    """All words as one text behind CMD-SHELL, in a list of one line."""
    words = command.words
    if not command.node.flow or not all(word.is_verbatim for word in words):
        return ()
    span = Span(words[1].span.start, words[-1].span.end)
    joined = (Edit(span, quoted(line, words[1].style)),) if len(words) > _FORM_AND_LINE else ()
    return (Fix("write CMD-SHELL, and one text behind it", (Edit(words[0].span, "CMD-SHELL"), *joined)),)
