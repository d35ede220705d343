from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage, is_overridden

_RATE: Final = r"rate\(\s*(\S+)\s+([a-z]+)\s*\)"
_CRON: Final = r"cron\((.*)\)"
_UNITS: Final = ("minute", "hour", "day")
_NAMES: Final = ("minute", "hour", "day of the month", "month", "weekday", "year")
_BOUNDS: Final = ((0, 59), (0, 23), (1, 31), (1, 12), (1, 7), (1970, 2199))
_DAYS: Final = (2, 4)
_BOTH_DAYS: Final = "both the day of the month and the weekday are"
_NEITHER_DAY: Final = "neither the day of the month nor the weekday is"
_NUMBERS: Final = r"(\d{1,6})(?:-(\d{1,6}))?(?:/\d{1,6})?"


class InvalidScheduleExpression(Rule):
    """EventBridge does not take the schedule of a job.

    Copilot hands on what holds `rate(…)`, `cron(…)` or `none` as it is. EventBridge wants a whole number and
    a unit that agrees with it (`rate(1 day)`, `rate(2 days)`), or six fields: minute, hour, day of the month,
    month, weekday (1 to 7, Sunday is 1), year. Exactly one of the two days must be `?`.
    """

    code, name = "SL087", "invalid-schedule-expression"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: EventBridge refuses the schedule"
    sources = ("Amazon EventBridge: Schedule expressions",)
    good = (
        "type: Scheduled Job\non: {schedule: 'rate(5 minutes)'}",
        "type: Scheduled Job\non: {schedule: none}",
        "type: Scheduled Job\non: {schedule: 'cron(0/15 8-17 ? * MON-FRI,1#2 2026-2030)'}",
        "type: Scheduled Job\non: {schedule: 'cron(0 9 L-2 JAN,2 ? *)'}",
    )
    bad = (
        Bad(
            """
            type: Scheduled Job
            on: {schedule: rate(1 days)}
            #              ^^^^^^^^^^^^ SL087
            """,
            fixed='on: {schedule: "rate(1 day)"}',
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: 'cron(0 9 * * * *)'}
            #              ^^^^^^^^^^^^^^^^^^^ SL087
            """,
            fixed="on: {schedule: 'cron(0 9 * * ? *)'}",
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: 'cron(0 9 * * *)'}
            #              ^^^^^^^^^^^^^^^^^ SL087
            """,
            fixed="on: {schedule: '0 9 * * *'}",
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: 'none at all'}
            #              ^^^^^^^^^^^^^ SL087
            """
        ),
    )
    also_good = (
        """
        type: Scheduled Job
        on: {schedule: '@daily'}
        """,
    )
    also_bad = (
        Bad(
            """
            type: Scheduled Job
            on: {schedule: rate(0 minutes)}
            #              ^^^^^^^^^^^^^^^ SL087
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: 'cron(0 9 ? * ? *)'}
            #              ^^^^^^^^^^^^^^^^^^^ SL087
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: 'cron(0 9 * * 1)'}
            #              ^^^^^^^^^^^^^^^^^ SL087
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: 'cron(60 9-24 ? * MON *)'}
            #              ^^^^^^^^^^^^^^^^^^^^^^^^^ SL087
            #              ^^^^^^^^^^^^^^^^^^^^^^^^^ SL087
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.schedule
        if node is None or node.text == "none" or is_overridden(manifest, "Resources", "Rule"):
            return
        if rate := re.fullmatch(_RATE, node.text.strip()):
            yield from self._rate(node, rate[1], rate[2])
        elif cron := re.fullmatch(_CRON, node.text.strip()):
            yield from self._cron(node, cron[1].split())
        elif "none" in node.text and not any(part in node.text for part in ("rate(", "cron(")):
            help_ = "write `none` alone, for a job that is only started by hand"
            yield self.finding(node, f"{node.text!r} is not `none`", help=help_)

    def _rate(self, node: Scalar, value: str, unit: str) -> Iterator[Finding]:
        singular = unit.removesuffix("s")
        count = value.lstrip("0")
        if not count.isdecimal():
            message = f"the rate {value!r} is not a whole number from 1"
            yield self.finding(node, message, help="write minutes, hours or days, such as `rate(5 minutes)`")
        elif singular not in _UNITS:
            yield self.finding(node, f"{unit!r} is not a unit of a rate", help="write minutes, hours or days")
        elif (unit == singular) is not (count == "1"):
            meant = f"{singular}s" if unit == singular else singular
            message = f"the unit of {value} is {meant}, not {unit}"
            yield self.finding(node, message, replace=f"rate({value} {meant})", safe=True)

    def _cron(self, node: Scalar, fields: list[str]) -> Iterator[Finding]:
        from sidecar_lint import is_cron

        bare = " ".join(fields)
        if len(fields) != len(_NAMES):
            message = f"cron(…) has {len(fields)} fields, not {len(_NAMES)}"
            help_ = "write minute, hour, day of the month, month, weekday and year, one of the days as `?`"
            replace = bare if is_cron(bare) and not re.search(r"\d", fields[_DAYS[1]]) else None
            yield self.finding(node, message, help="" if replace else help_, replace=replace)
        elif (fields[_DAYS[0]] == "?") is (fields[_DAYS[1]] == "?"):
            yield self._days(node, fields)
        else:
            yield from (self.finding(node, problem) for problem in _out_of_range(fields))

    def _days(self, node: Scalar, fields: list[str]) -> Finding:
        free = next((at for at in reversed(_DAYS) if fields[at] == "*"), None)
        both = "?" in fields
        message = f"{_BOTH_DAYS if both else _NEITHER_DAY} `?`"
        mark = "*" if both else "?"
        at = _DAYS[0] if both else free
        better = None if at is None else " ".join([*fields[:at], mark, *fields[at + 1 :]])
        help_ = "" if better else "write `?` for one of them; for either of two days write two jobs"
        replace = f"cron({better})" if better else None
        return self.finding(node, message, help=help_, replace=replace, safe=bool(better) and not both)


def _out_of_range(fields: list[str]) -> Iterator[str]:
    for field, name, (least, most) in zip(fields, _NAMES, _BOUNDS, strict=True):
        for part in field.split(","):
            numbers = re.fullmatch(_NUMBERS, part)
            outside = (
                [each for each in numbers.groups() if each and not least <= int(each) <= most]
                if numbers
                else []
            )
            if outside:
                yield f"{outside[0]} is invalid as {name}: it is {least} to {most}"
