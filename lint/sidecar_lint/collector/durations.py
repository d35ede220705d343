"""What is wrong with a duration in the configuration of a collector, and what was meant."""

from __future__ import annotations

import re

from sidecar_lint.syntax.durations import UNITS, DurationError, Flaw
from sidecar_lint.syntax.scalars import natural


def reason(error: DurationError) -> str:
    """Why a text is no duration, in a message about it."""
    if error.flaw is Flaw.UNKNOWN_UNIT:
        return f"{error.unit!r} is not a unit"
    if error.flaw is Flaw.NO_UNIT:
        return "the unit is missing"
    return "it is longer than 292 years" if error.flaw is Flaw.TOO_LONG else "it is not a duration"


def suggestion(text: str) -> str | None:
    """A duration that was likely meant, where there is one."""
    match = re.fullmatch(r"\s*+([0-9]++(?:\.[0-9]++)?)\s*+([A-Za-zµμ]*+)\s*+", text)
    if match is None:
        return None
    amount, unit = match[1], match[2].lower()
    if not unit:
        return f"{amount}s"
    if unit in UNITS:
        return f"{amount}{unit}"
    if unit in ("d", "day", "days") and amount.isdigit():
        return f"{natural(amount) * 24}h"
    for word, short in (
        ("milli", "ms"),
        ("micro", "us"),
        ("nano", "ns"),
        ("sec", "s"),
        ("min", "m"),
        ("h", "h"),
    ):
        if unit.startswith(word):
            return f"{amount}{short}"
    return None
