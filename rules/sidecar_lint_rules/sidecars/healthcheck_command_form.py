from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Container,
    Contents,
    Edit,
    Finding,
    Fix,
    Manifest,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Span,
    Stage,
    deployed_health_checks,
    image_contents,
)
from sidecar_lint_rules.sidecars._healthchecks import SHELL_SYNTAX, help_for

_FORMS: Final = ("CMD", "CMD-SHELL", "NONE")


class HealthcheckCommandForm(Rule):
    """A health check's command does not start with `CMD` or `CMD-SHELL`.

    The first word says how the others are run: `CMD` runs the program named next with the words
    after it, `CMD-SHELL` gives one text to a shell. Docker knows no other word there, and sets up
    no health check. What Fargate does is not documented: some people run such a command, and for
    others the missing word was the fault.
    """

    code, name = "SL132", "healthcheck-command-form"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "Docker runs no such command as a health check, and what Fargate does with it is not documented"
    sources = ("AWS ECS API: HealthCheck", "moby: daemon/health.go, getProbe")
    good = (
        """
        image: {healthcheck: {command: [CMD-SHELL, curl -f localhost]}}
        sidecars: {nginx: {image: nginx, healthcheck: {command: [CMD, nginx, -t]}}}
        """,
    )
    bad = (
        Bad(
            """
            image: {healthcheck: {command: [cmd-shell, curl -f localhost]}}
            #                               ^^^^^^^^^ SL132
            sidecars:
              nginx: {image: nginx, healthcheck: {command: [curl -f localhost]}}
            #                                               ^^^^^^^^^^^^^^^^^ SL132
            """,
            fixed="command: [CMD-SHELL, curl -f localhost]}}",
        ),
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.37.0
                healthcheck: {command: [/healthcheck]}
            #                           ^^^^^^^^^^^^ SL132
            """,
            fixed="command: [CMD, /healthcheck]",
        ),
        Bad(
            """
            image: {healthcheck: {command: []}}
            #                              ^^ SL132
            """,
        ),
    )
    also_bad = (
        Bad(
            """
            image:
              build: Dockerfile
              healthcheck:
                command:
                  - wget -q localhost
            #       ^^^^^^^^^^^^^^^^^ SL132
            sidecars:
              otel: {image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1', healthcheck: {command: [curl -f localhost]}}
            #                                                                                                      ^^^^^^^^^^^^^^^^^ SL132
            # file: Dockerfile
            FROM alpine
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for container, healthcheck in deployed_health_checks(manifest):
            command = healthcheck.get("command")
            if not isinstance(command, Sequence):
                continue
            first = command.items[0] if command.items else None
            if first is None:
                message = f"the health check of {container.name!r} has an empty command"
                yield self.finding(command, message, help="write the command, or leave out the field")
            elif isinstance(first, Scalar) and first.known and first.text not in _FORMS:
                yield self._finding(command, first, image_contents(manifest, container), container)

    def _finding(
        self, command: Sequence, first: Scalar, contents: Contents | None, container: Container
    ) -> Finding:
        word = "" if first.is_null else first.text
        message = f"the command starts with {word!r}, not with CMD or CMD-SHELL"
        if first.text.upper() in _FORMS:
            return self.finding(first, message, replace=first.text.upper())
        alone = len(command.items) == 1
        for_shell = alone and (" " in word.strip() or re.search(SHELL_SYNTAX, word) is not None)
        program = word.split()[0] if word.strip() else ""
        if contents and (contents.lacks(program) or (for_shell and contents.has_no_shell)):
            return self.finding(first, message, help=help_for(container))
        form = "CMD-SHELL" if for_shell else "CMD"
        return self.finding(
            first, message, help=f"put {form} before it", fixes=_insertion(command, first, form)
        )


def _insertion(command: Sequence, first: Scalar, form: str) -> tuple[Fix, ...]:
    if not command.flow or first.alias or command.alias or first.span == command.span:
        return ()
    at = first.span.start
    return (Fix(f"put {form} before it", (Edit(Span(at, at), f"{form}, "),)),)
