"""Durations as Go reads them, in nanoseconds. Source: Go's time package, func ParseDuration."""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint.syntax.scalars import natural

_UNITS: Final = {
    "ns": 1,
    "us": 1_000,
    "µs": 1_000,
    "μs": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
}
_PART: Final = r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)([^0-9.]*)"
_LONGEST: Final = 2**63 - 1


class DurationError(ValueError):
    """A text that is no duration. `args[0]` says why."""


def parse(text: str) -> int:
    """The nanoseconds of a text such as `1m30s`. Raises DurationError."""
    sign, body = (-1, text[1:]) if text[:1] == "-" else (1, text.removeprefix("+"))
    if body == "0":
        return 0
    parts = re.findall(_PART, body)
    if not body or "".join(amount + unit for amount, unit in parts) != body:
        raise DurationError("it is not a duration")
    total = sum(_nanoseconds(amount, unit) for amount, unit in parts)
    if total > _LONGEST:
        raise DurationError("it is longer than 292 years")
    return sign * int(total)


def _nanoseconds(amount: str, unit: str) -> float:
    if not unit:
        raise DurationError("the unit is missing")
    if unit not in _UNITS:
        raise DurationError(f"{unit!r} is not a unit")
    return float(amount) * _UNITS[unit]


def suggestion(text: str) -> str | None:
    """A duration that was likely meant, where there is one."""
    match = re.fullmatch(r"\s*+([0-9]++(?:\.[0-9]++)?)\s*+([A-Za-zµμ]*+)\s*+", text)
    if match is None:
        return None
    amount, unit = match[1], match[2].lower()
    if not unit:
        return f"{amount}s"
    if unit in _UNITS:
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
