"""Durations as Go reads them: `1h2m`, `500ms`. Source: Go's time package, func ParseDuration."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

UNITS: Final = {
    "ns": 1,
    "us": 1_000,
    "µs": 1_000,
    "μs": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
}
SECOND: Final = UNITS["s"]
MINUTE: Final = UNITS["m"]
_MOST: Final = 1 << 63
_NUMBER: Final = re.compile(r"([0-9]++)(?:\.([0-9]*+))?+|\.([0-9]++)")
_UNIT: Final = re.compile(r"[^.0-9]*+")
_SPELT: Final = r"[-+]?(?:(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:ns|us|µs|μs|ms|s|m|h))++"
#: More digits of a number than matter: what they stand for is past 64 bits, or below a nanosecond.
_DIGITS: Final = 20


class Flaw(Enum):
    """Why a text is no duration."""

    SPELLING = auto()
    NO_UNIT = auto()
    UNKNOWN_UNIT = auto()
    #: Go's 64 bits cannot hold it.
    TOO_LONG = auto()


class DurationError(ValueError):
    """A text is no duration; the message is Go's. `unit` is the one that Go does not know."""

    def __init__(self, message: str, flaw: Flaw, unit: str = "") -> None:
        super().__init__(f"time: {message}")
        self.flaw = flaw
        self.unit = unit


def nanoseconds(text: str) -> int:
    """The length of a duration. Raises DurationError."""
    at = start = 1 if text.startswith(("-", "+")) else 0
    if text[start:] == "0":
        return 0
    most = _MOST if text.startswith("-") else _MOST - 1
    total = 0
    while at < len(text) or at == start:
        number = _NUMBER.match(text, at)
        if number is None:
            raise DurationError(f"invalid duration {_quote(text)}", Flaw.SPELLING)
        unit = _unit(text, number.end())
        total += _length(number, UNITS[unit])
        if total > most:
            raise DurationError(f"invalid duration {_quote(text)}", Flaw.TOO_LONG)
        at = number.end() + len(unit)
    return -total if text.startswith("-") else total


def read_duration(text: str) -> float | None:
    """Seconds of a duration; None where it is none.

    Only for text that is no number or date by itself: `10` is not a duration to Copilot.
    """
    try:
        return nanoseconds(text) / SECOND
    except DurationError:
        return None


def is_endless_duration(text: str) -> bool:
    """Whether a text is spelt as a duration and is none, as Go's 64 bits cannot hold it."""
    may_be_spelt = text.endswith(("s", "m", "h")) and text[0] in "+-.0123456789"  # hardly any text goes on
    return may_be_spelt and re.fullmatch(_SPELT, text) is not None and read_duration(text) is None


def _length(number: re.Match[str], size: int) -> int:
    whole, fraction = number[1] or "", (number[2] or number[3] or "")[:_DIGITS]
    below: int = int(fraction or 0) * size // 10 ** len(fraction)
    return int(whole.lstrip("0")[:_DIGITS] or 0) * size + below


def _unit(text: str, at: int) -> str:
    match = _UNIT.match(text, at)
    unit = match[0] if match else ""
    if not unit:
        raise DurationError(f"missing unit in duration {_quote(text)}", Flaw.NO_UNIT)
    if unit not in UNITS:
        raise DurationError(
            f"unknown unit {_quote(unit)} in duration {_quote(text)}", Flaw.UNKNOWN_UNIT, unit
        )
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
