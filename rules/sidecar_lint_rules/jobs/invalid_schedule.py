from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage

_FORMS: Final = (
    "five fields (minute hour day month weekday), `@daily`, `@every 90m`, `rate(…)`, `cron(…)` or `none`"
)
_RATE: Final = r"(?i)(?:every\s+|@every\s+)?(\d{1,6})\s*(minute|hour|day)s?"
_CALL: Final = r"(?i)(rate|cron)\s*\((.*)\)"
_FIELDS_OF_CRON: Final = 5
_FIELDS_OF_EVENTBRIDGE: Final = 6


class InvalidSchedule(Rule):
    """The schedule of a job is none that Copilot knows.

    It takes `none`, `rate(…)` and `cron(…)`, which are EventBridge's and go there as they are, a preset such
    as `@daily`, `@every` with whole minutes, and the five fields of cron: minute, hour, day of the month,
    month, weekday. These are not quite those of a crontab: a weekday is 0 to 6 or a name, so Sunday is never
    7; and one of the two days must be `*`, since EventBridge knows no "the first of the month or a Monday".
    All words are in small letters.

    Copilot looks at the schedule only when it makes the template.
    """

    code, name = "SL086", "invalid-schedule"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot makes no template of it, and the image may be built and pushed by then"
    sources = ("internal/pkg/deploy/cloudformation/stack/scheduled_job.go: awsSchedule", "robfig/cron/v3")
    good = (
        "type: Scheduled Job\non: {schedule: '0 9 1-7 * *'}",
        "type: Scheduled Job\non: {schedule: '@every 1h30m'}",
        "type: Scheduled Job\non: {schedule: '${SCHEDULE}'}",
    )
    bad = (
        Bad(
            """
            type: Scheduled Job
            on: {schedule: 0 9 * * 7}
            #              ^^^^^^^^^ SL086
            """,
            fixed="on: {schedule: 0 9 * * SUN}".replace("0 9 * * SUN", '"0 9 * * SUN"'),
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: "@every 90s"}
            #              ^^^^^^^^^^^^ SL086
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: None}
            #              ^^^^ SL086
            """,
            fixed="on: {schedule: none}",
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: '0 9 1 * MON'}
            #              ^^^^^^^^^^^^^ SL086
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: every 1 minute}
            #              ^^^^^^^^^^^^^^ SL086
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: every 5 minutes}
            #              ^^^^^^^^^^^^^^^ SL086
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: 'CRON (0 9 * * ? *)'}
            #              ^^^^^^^^^^^^^^^^^^^^ SL086
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: '0 9 * * ? *'}
            #              ^^^^^^^^^^^^^ SL086
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: 0 9 * * 1 2}
            #              ^^^^^^^^^^^ SL086
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: '@every 30s'}
            #              ^^^^^^^^^^^^ SL086
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: 0 9 * * 1-7}
            #              ^^^^^^^^^^^ SL086
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: 0 9 * * 8}
            #              ^^^^^^^^^ SL086
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.schedule
        if node is None:
            return
        problem = _problem(node.text)
        if problem is None:
            return
        better = _meant(node.text)
        yield self.finding(
            node,
            f"{node.text!r} is not a schedule" if node.text else "the schedule is empty",
            effect=f"{self.effect}: {problem}",
            help="" if better else _help(node.text, problem),
            replace=better,
            safe=better is not None and better.lower() == node.text.lower(),
        )


def _problem(text: str) -> str | None:
    """What Copilot says of a schedule that it refuses."""
    from sidecar_lint import ScheduleError, schedule_expression

    if not text:
        return 'missing required field "schedule"'
    try:
        schedule_expression(text)
    except ScheduleError as error:
        return str(error)
    return None


def _meant(text: str) -> str | None:
    """The schedule that was surely or most likely meant, if there is one."""
    return next((each for each in _candidates(text) if _problem(each) is None), None)


def _candidates(text: str) -> Iterator[str]:
    stripped, fields = text.strip(), text.split()
    yield stripped.lower()
    yield "@" + stripped.lower().lstrip("@")
    if rate := re.fullmatch(_RATE, stripped):
        number = int(rate[1])
        yield f"rate({number} {rate[2].lower()}{'' if number == 1 else 's'})"
    if call := re.fullmatch(_CALL, stripped):
        yield f"{call[1].lower()}({call[2].strip()})"
    if len(fields) == _FIELDS_OF_EVENTBRIDGE and "?" in fields:
        yield f"cron({' '.join(fields)})"
    if len(fields) == _FIELDS_OF_CRON and fields[-1] == "7":
        yield " ".join([*fields[:-1], "SUN"])


def _help(text: str, problem: str) -> str:
    if "both DOW and DOM" in problem:
        return "write `*` for the day of the month or for the weekday; for either of two days write two jobs"
    if "whole number of minutes" in problem or "1 minute" in problem:
        return "write whole minutes or hours, such as `@every 2m`"
    if "above maximum (6)" in problem and "7" in text:
        return "Sunday is 0 or SUN, not 7"
    return f"write {_FORMS}"
