"""Durations that Copilot reads from texts when it makes the template, and what it says of others.

Source: Go's time.ParseDuration. Where the manifest is decoded, `syntax.scalars.read_duration` reads them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

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
SECOND: Final = _UNITS["s"]
MINUTE: Final = _UNITS["m"]
_MOST: Final = 2**63
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_UNIT: Final = re.compile(r"[^.0-9]*")


class DurationError(ValueError):
    """A text is no duration; the message is Go's."""


def nanoseconds(text: str) -> int:
    """The length of a duration. Raises DurationError."""
    rest = text[1:] if text[:1] in ("-", "+") else text
    if rest == "0":
        return 0
    total = 0
    while rest or not text.lstrip("+-"):
        number = _NUMBER.match(rest)
        if number is None:
            raise DurationError(f"time: invalid duration {_quote(text)}")
        unit = _unit(text, rest[number.end() :])
        total += int(Decimal(number[0]) * _UNITS[unit])
        if total >= _MOST:
            raise DurationError(f"time: invalid duration {_quote(text)}")
        rest = rest[number.end() + len(unit) :]
    return -total if text.startswith("-") else total


def _unit(text: str, rest: str) -> str:
    match = _UNIT.match(rest)
    unit = match[0] if match else ""
    if not unit:
        raise DurationError(f"time: missing unit in duration {_quote(text)}")
    if unit not in _UNITS:
        raise DurationError(f"time: unknown unit {_quote(unit)} in duration {_quote(text)}")
    return unit


def _quote(text: str) -> str:
    """A text as Go quotes the bytes of one in an error (time/format.go, quote)."""
    return f'"{"".join(map(_quoted, text))}"'


def _quoted(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if " " <= char <= "~":
        return char
    return "".join(f"\\x{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))
