from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage

_STEP: Final = r"[*?]/0*([1-9]\d{0,3})"
_RANGE_STEP: Final = r"([A-Za-z0-9]{1,3})(?:-([A-Za-z0-9]{1,3}))?/([1-9])"
#: Where the two days stand among the five fields of a cron expression.
_DAY_OF_MONTH, _DAY_OF_WEEK = 2, 4
_WEEKDAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


class LostScheduleStep(Rule):
    """A step of days in the schedule of a job is lost on the way to EventBridge.

    EventBridge wants a `?` for one of the two days, so Copilot rewrites a cron expression. It takes every day
    field with an asterisk in it for "any day", so `0 0 */2 * *` becomes `cron(0 0 * * ? *)`, which is every day
    and not every other, and `0 9 * * */2` is every day, too. And it counts weekdays from 1 instead of 0 by
    making every digit one larger: `0 9 * * MON-FRI/2` becomes `cron(0 9 ? * MON-FRI/3 *)`.

    Write the first day instead of the asterisk (`1/2`), and weekdays by name (`MON,WED,FRI`).
    """

    code, name = "SL088", "lost-schedule-step"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "the job runs on other days than these"
    sources = ("internal/pkg/deploy/cloudformation/stack/scheduled_job.go: toAWSCron",)
    good = (
        "type: Scheduled Job\non: {schedule: '*/5 */2 * */3 *'}",
        "type: Scheduled Job\non: {schedule: '0 0 1/2 * *'}",
        "type: Scheduled Job\non: {schedule: '0 0 * * MON,WED'}",
        "type: Scheduled Job\non: {schedule: 'cron(0 0 */2 * ? *)'}",
    )
    bad = (
        Bad(
            """
            type: Scheduled Job
            on: {schedule: '0 0 */2 * *'}
            #              ^^^^^^^^^^^^^ SL088
            """,
            fixed="on: {schedule: '0 0 1/2 * *'}",
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: 0 9 * * MON-FRI/2}
            #              ^^^^^^^^^^^^^^^^^ SL088
            """,
            fixed='on: {schedule: "0 9 * * MON,WED,FRI"}',
        ),
    )
    also_good = (
        """
        type: Scheduled Job
        on: {schedule: '0 0 * * */1'}
        """,
    )
    also_bad = (
        Bad(
            """
            type: Scheduled Job
            on: {schedule: '0 0 * * */2'}
            #              ^^^^^^^^^^^^^ SL088
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: '0 0 * * MON-THU/2'}
            #              ^^^^^^^^^^^^^^^^^^^ SL088
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on: {schedule: '0 0 * * 1/2'}
            #              ^^^^^^^^^^^^^ SL088
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.schedule
        if node is not None:
            yield from self._judged(node)

    def _judged(self, node: Scalar) -> Iterator[Finding]:
        from sidecar_lint import is_cron

        if not is_cron(node.text):
            return
        fields = node.text.split()
        day, weekday = fields[_DAY_OF_MONTH], fields[_DAY_OF_WEEK]
        if (step := re.fullmatch(_STEP, day)) and step[1] != "1":
            yield self._lost(node, _DAY_OF_MONTH, f"1/{step[1]}")
        if (step := re.fullmatch(_STEP, weekday)) and step[1] != "1":
            yield self._lost(node, _DAY_OF_WEEK, ",".join(_WEEKDAYS[:: int(step[1])]))
        if step := re.fullmatch(_RANGE_STEP, weekday):
            yield self._longer(node, step)

    def _lost(self, node: Scalar, at: int, better: str) -> Finding:
        fields = node.text.split()
        message = f"the step of {fields[at]!r} is lost"
        if not {"*", "?"}.intersection(
            (fields[_DAY_OF_MONTH], fields[_DAY_OF_WEEK])
        ):  # both days say something
            return self.finding(node, message, effect="it counts as any day")
        runs = "the job runs on every day"
        return self.finding(node, message, effect=runs, replace=_with(node.text, at, better))

    def _longer(self, node: Scalar, step: re.Match[str]) -> Finding:
        longer = int(step[3]) + 1
        message = f"the step {step[3]} of {step[0]!r} becomes {longer}"
        first, last = (_weekday(step[1]), _weekday(step[2] or "6"))
        days = ",".join(_WEEKDAYS[first : last + 1 : int(step[3])] if int(step[3]) else ())
        better = _with(node.text, _DAY_OF_WEEK, days) if days else None
        return self.finding(node, message, replace=better)


def _with(text: str, at: int, field: str) -> str:
    fields = text.split()
    return " ".join([*fields[:at], field, *fields[at + 1 :]])


def _weekday(text: str) -> int:
    return int(text) if text.isdecimal() else _WEEKDAYS.index(text.upper())
