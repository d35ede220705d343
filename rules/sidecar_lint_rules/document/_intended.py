"""What somebody surely meant by a value of the wrong type, as it is to be written."""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint import Scalar, TypeMismatch, natural

WHOLE_NUMBERS: Final = ("int", "int64", "percentage", "uint16", "uint32")

#: A number and a unit, such as `1 vCPU`, `60%`, `10 secs` or `2GB`.
_MEASURE: Final = r"(\d{1,12})(?:\.(\d{1,3}))?\s*(%|[A-Za-z]*)"
#: Units of time by the words that people write, in Go's spelling.
_TIMES: Final = {
    **dict.fromkeys(("ms", "msec", "msecs", "millisecond", "milliseconds"), "ms"),
    **dict.fromkeys(("", "s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "m"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
}
_MIB: Final = {**dict.fromkeys(("m", "mb", "mi", "mib"), 1), **dict.fromkeys(("g", "gb", "gi", "gib"), 1024)}
_GIB: Final = dict.fromkeys(("g", "gb", "gi", "gib"), 1)
_DAYS: Final = {
    "d": 1,
    "day": 1,
    "days": 1,
    "w": 7,
    "week": 7,
    "weeks": 7,
    "y": 365,
    "year": 365,
    "years": 365,
}
_PERCENT: Final = {"%": 1}
#: What a unit is worth in those of the field, by the field's name.
_UNITS: Final = {
    "cpu": dict.fromkeys(("vcpu", "vcpus", "cpu", "cpus", "core", "cores"), 1024),
    "memory": _MIB,
    "ephemeral": _GIB,
    "retention": _DAYS,
    "cpu_percentage": _PERCENT,
    "memory_percentage": _PERCENT,
    "value": _PERCENT,
}
#: Billionths of a second, as APIs of Docker and Go count, in a number that nobody means as seconds.
_NANOSECONDS: Final = 10**9


def intended(mismatch: TypeMismatch) -> str:
    """The text to write instead; empty where that is not known."""
    node, kind = mismatch.node, mismatch.field.type
    if not isinstance(node, Scalar) or node.template is not None:
        return ""
    if kind == "duration":
        return _duration(node)
    if kind.startswith("bool") and node.text.lower() in ("true", "false"):
        return node.text.lower()
    if kind.startswith(WHOLE_NUMBERS):
        return _whole_number(node, kind) or _measured(node, mismatch)
    return ""


def _duration(node: Scalar) -> str:
    if node.as_int is not None and not node.style:
        seconds, rest = divmod(node.as_int, _NANOSECONDS)
        return f"{seconds}s" if seconds > 0 and not rest else f"{node.text}s"
    found = re.fullmatch(_MEASURE, node.text)
    unit = _TIMES.get(found[3].lower()) if found and not found[2] else None
    return f"{natural(found[1])}{unit}" if found and unit else ""


def _whole_number(node: Scalar, kind: str) -> str:
    """A number in quotes without them."""
    if not (node.style and node.text.isascii() and node.text.isdigit()):
        return ""
    number = natural(node.text)
    fits = number < 1 << (16 if kind == "uint16" else 63)
    return node.text if fits and node.text == str(number) else ""


def _measured(node: Scalar, mismatch: TypeMismatch) -> str:
    """A number with a unit in the unit of the field, where that is a whole number."""
    found, units = re.fullmatch(_MEASURE, node.text), _UNITS.get(str(mismatch.path[-1]))
    worth = units.get(found[3].lower()) if found and units else None
    if found is None or worth is None:
        return ""
    decimals = found[2] or ""
    number, rest = divmod(int(found[1] + decimals) * worth, 10 ** len(decimals))
    return "" if rest else str(number)
