"""The schedule of a Scheduled Job."""

from __future__ import annotations

from sidecar_lint import Manifest, Scalar

JOB = "Scheduled Job"
#: Where the two days stand among the five fields of a cron expression.
DAY_OF_MONTH, DAY_OF_WEEK = 2, 4
WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


def schedule(manifest: Manifest) -> Scalar | None:
    """Where `on.schedule` is written; None where there is none, or none that is known."""
    node = manifest.scalar("on", "schedule") if manifest.kind == JOB else None
    return node if node is not None and node.known else None


def is_cron(text: str) -> bool:
    """Whether it has the five fields of cron, as Copilot takes them."""
    from sidecar_lint import ScheduleError, schedule_expression

    if len(text.split()) != DAY_OF_WEEK + 1 or "(" in text:
        return False
    try:
        schedule_expression(text)
    except ScheduleError:
        return False
    return True
