from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import JOB, Bad, Finding, Manifest, Rule, Severity, Stage

_NUMBER: Final = r"\s*+(\d{1,9})\s*+([A-Za-z]*+)\s*+"
_UNITS: Final = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), (1, "s")),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), (1, "m")),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), (1, "h")),
    **dict.fromkeys(("d", "day", "days"), (24, "h")),
    **dict.fromkeys(("w", "week", "weeks"), (7 * 24, "h")),
}


class InvalidJobTimeout(Rule):
    """The timeout of a job is not a duration that Copilot takes.

    It is a text such as `1h30m`, of hours (`h`), minutes (`m`) and seconds (`s`): there are no days, and a
    number without a unit is none. It must be whole seconds, one at least.

    Copilot looks at it only when it makes the template.
    """

    code, name = "SL089", "invalid-job-timeout"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot makes no template of it, and the image may be built and pushed by then"
    sources = (
        "internal/pkg/deploy/cloudformation/stack/scheduled_job.go: stateMachineOpts",
        "Go: time.ParseDuration",
    )
    good = (
        "type: Scheduled Job\ntimeout: 1h30m",
        "type: Scheduled Job\ntimeout: ''",
        "type: Backend Service\ntimeout: 1d",
    )
    bad = (
        Bad(
            """
            type: Scheduled Job
            timeout: 1d
            #        ^^ SL089
            """,
            fixed="timeout: 24h",
        ),
        Bad(
            """
            type: Scheduled Job
            timeout: 500ms
            #        ^^^^^ SL089
            """
        ),
        Bad(
            """
            type: Scheduled Job
            timeout: 90
            #        ^^ SL089
            """,
            fixed="timeout: 90s",
        ),
    )
    also_bad = (
        Bad(
            """
            type: Scheduled Job
            on: {schedule: '@daily'}
            timeout: 0 days
            #        ^^^^^^ SL089
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.scalar("timeout") if manifest.kind == JOB else None
        if node is None or not node.known or not node.text:
            return
        problem = _problem(node.text)
        if problem is None:
            return
        better, unit = _meant(node.text)
        yield self.finding(
            node,
            f"{node.text!r} is not a timeout: {_reason(problem)}",
            effect=f"{self.effect}: {problem}",
            help="" if better else "write hours, minutes and seconds, such as `1h30m` or `90s`",
            replace=better,
            safe=bool(unit),
        )


def _problem(text: str) -> str | None:
    from sidecar_lint import timeout_problem

    return timeout_problem(text)


def _meant(text: str) -> tuple[str | None, str]:
    """What was most likely meant, if anything, and the unit that was written."""
    number = re.fullmatch(_NUMBER, text)
    if number is None:
        return None, ""
    found = _UNITS.get(number[2].lower() or "s")
    better = f"{int(number[1]) * found[0]}{found[1]}" if found else ""
    return (better if better and _problem(better) is None else None), number[2]


def _reason(problem: str) -> str:
    if "missing unit" in problem:
        return "it has no unit"
    if "unknown unit" in problem:
        return "the units are h, m and s"
    return problem.replace("timeout ", "it ", 1) if problem.startswith("timeout ") else "it cannot be read"
