"""When a job runs, and for how long: what EventBridge and Step Functions are told.

Source: internal/pkg/deploy/cloudformation/stack/scheduled_job.go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.durations import MINUTE, SECOND, DurationError, nanoseconds
from sidecar_lint.template import cron
from sidecar_lint.template.decoding import integer
from sidecar_lint.template.refusal import Refusal
from sidecar_lint.template.values import bare

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Scalar
    from sidecar_lint.template.stack import Stack

#: The schedule of a job that does not run.
NEVER: Final = "none"
#: What EventBridge is to judge passes as it is, and so does what merely has a part like it.
_CALL: Final = re.compile(r"(?:rate|cron)\(")
#: What stands for a schedule, and what EventBridge takes for it.
PRESETS: Final = {
    "@hourly": "cron(0 * * * ? *)",
    "@midnight": "cron(0 0 * * ? *)",
    "@daily": "cron(0 0 * * ? *)",
    "@weekly": "cron(0 0 ? * 1 *)",
    "@monthly": "cron(0 0 1 * ? *)",
    "@annually": "cron(0 0 1 1 ? *)",
    "@yearly": "cron(0 0 1 1 ? *)",
}
#: Of each digit the next, which after 9 is a colon.
_ONE_LATER: Final = str.maketrans("0123456789", "123456789:")
_DAY_OF_MONTH: Final = 2
_DAY_OF_WEEK: Final = 4


class ScheduleError(ValueError):
    """Copilot cannot make a schedule of a text; the message is Copilot's."""


def schedule_node(stack: Stack) -> Scalar | None:
    """Where the schedule is written."""
    return stack.manifest.scalar("on", "schedule")


def _passes(text: str) -> bool:
    """Whether a text has `none` in it, or on one line what looks like a call."""
    if NEVER in text:
        return True
    calls = ((line, _CALL.search(line)) for line in text.split("\n"))
    return any(call is not None and ")" in line[call.end() :] for line, call in calls)


def expression(text: str) -> str:
    """The schedule as EventBridge takes it. Raises ScheduleError."""
    if _passes(text):
        return text
    try:
        cron.check(text)
    except cron.CronError as error:
        raise ScheduleError(f"schedule is not valid cron, rate, or preset: {error}") from error
    if text.startswith(cron.EVERY):
        return _rate(text.removeprefix(cron.EVERY))
    if text.startswith("@"):
        return PRESETS[text]
    return _cron(text.split())


def is_cron(text: str) -> bool:
    """Whether a schedule has the five fields of cron, as Copilot takes them."""
    if len(text.split()) != _DAY_OF_WEEK + 1 or "(" in text:
        return False
    try:
        expression(text)
    except ScheduleError:
        return False
    return True


def refusals(stack: Stack) -> list[Refusal]:
    """Why Copilot makes no template of a job: its schedule, its timeout, its retries."""
    found = (_refused_schedule(stack), _refused_timeout(stack), _refused_retries(stack))
    return [refusal for refusal in found if refusal]


def timeout_seconds(stack: Stack) -> int | None:
    """How long the job may take; None where there is no limit, or none that is one."""
    node = stack.manifest.scalar("timeout")
    try:
        return nanoseconds(node.text) // SECOND if node and node.text else None
    except DurationError:
        return None


def _rate(text: str) -> str:
    length = nanoseconds(text)
    if length % MINUTE:
        raise ScheduleError("parse fixed interval: duration must be a whole number of minutes or hours")
    minutes = length // MINUTE
    if minutes < 1:
        raise ScheduleError("parse fixed interval: duration must be greater than or equal to 1 minute")
    return f"rate({minutes} minute{'' if minutes == 1 else 's'})"


def _cron(fields: list[str]) -> str:
    """Six fields of five: one of the two days is `?`, and weekdays count from 1."""
    if len(fields) <= _DAY_OF_WEEK:  # a preset behind a time zone
        raise ScheduleError("runtime error: index out of range")
    day, weekday = fields[_DAY_OF_MONTH], fields[_DAY_OF_WEEK]
    if _is_open(weekday):
        fields[_DAY_OF_WEEK] = "?"
        fields[_DAY_OF_MONTH] = "*" if _is_open(day) else day
    elif _is_open(day):
        fields[_DAY_OF_MONTH] = "?"
    else:
        raise ScheduleError("parse cron schedule: cannot specify both DOW and DOM in cron expression")
    fields[_DAY_OF_WEEK] = fields[_DAY_OF_WEEK].translate(_ONE_LATER)
    return f"cron({' '.join(fields)} *)"


def _is_open(field: str) -> bool:
    return "*" in field or "?" in field


def _refused_schedule(stack: Stack) -> Refusal | None:
    node = schedule_node(stack)
    problem = _schedule_problem(stack, node.text if node else "")
    if problem is None:
        return None
    return Refusal(f"convert schedule for job {stack.name}: {problem}", node or stack.manifest.root)


def _schedule_problem(stack: Stack, text: str) -> str | None:
    if not text:
        return f'missing required field "schedule" in manifest for job {stack.name}'
    try:
        expression(text)
    except ScheduleError as error:
        return str(error)
    return None


def _refused_timeout(stack: Stack) -> Refusal | None:
    node = stack.manifest.scalar("timeout")
    if node is None or not node.text:
        return None
    problem = timeout_problem(node.text)
    return Refusal(f"{_prefix(stack)}{problem}", node) if problem else None


def timeout_problem(text: str) -> str | None:
    """What Copilot says of a timeout that it refuses; None for one that it takes."""
    try:
        length = nanoseconds(text)
    except DurationError as error:
        return f"parse duration: {error}"
    if length < SECOND:
        return "timeout must be greater than or equal to 1 second"
    return "timeout must be a whole number of seconds, minutes, or hours" if length % SECOND else None


def _refused_retries(stack: Stack) -> Refusal | None:
    retries = integer(stack.manifest.root, "retries")
    number = bare(retries)
    if retries is None or not isinstance(number, int) or number >= 0:
        return None
    return Refusal(f"{_prefix(stack)}number of retries cannot be negative", retries.node)


def _prefix(stack: Stack) -> str:
    return f"convert retry/timeout config for job {stack.name}: "
