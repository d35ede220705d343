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
