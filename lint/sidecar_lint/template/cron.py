"""Cron expressions as Copilot checks them, and what it says of others.

Source: github.com/robfig/cron/v3, ParseStandard: five fields, no weekday 7, descriptors (`@daily`).
"""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.durations import DurationError, nanoseconds

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_DESCRIPTORS: Final = frozenset(
    ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
)
EVERY: Final = "@every "
_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
#: More digits than any number of a field has; what is longer is out of range in any case.
_LONGEST: Final = 18


class CronError(ValueError):
    """A text is no cron expression; the message is the library's."""


class FieldBounds(NamedTuple):
    """What a field may be: the least and the most number, and names for some."""

    least: int
    most: int
    names: dict[str, int]


_FIELDS: Final = (
    FieldBounds(0, 59, {}),
    FieldBounds(0, 23, {}),
    FieldBounds(1, 31, {}),
    FieldBounds(1, 12, {name: number for number, name in enumerate(_MONTHS, 1)}),
    FieldBounds(0, 6, {name: number for number, name in enumerate(_DAYS)}),
)


def check(text: str) -> None:
    """Look at an expression. Raises CronError."""
    if not text:
        raise CronError("empty spec string")
    if text.startswith(("TZ=", "CRON_TZ=")):
        text = text.partition(" ")[2].strip()
    if text.startswith("@"):
        _check_descriptor(text)
        return
    fields = text.split()
    if len(fields) != len(_FIELDS):
        raise CronError(f"expected exactly {len(_FIELDS)} fields, found {len(fields)}: [{' '.join(fields)}]")
    for field, bounds in zip(fields, _FIELDS, strict=True):
        for part in filter(None, field.split(",")):
            _check_range(part, bounds)


def _check_descriptor(text: str) -> None:
    if text in _DESCRIPTORS:
        return
    if not text.startswith(EVERY):
        raise CronError(f"unrecognized descriptor: {text}")
    try:
        nanoseconds(text.removeprefix(EVERY))
    except DurationError as error:
        raise CronError(f"failed to parse duration {text}: {error}") from error


def _check_range(text: str, bounds: FieldBounds) -> None:
    """Look at one of the ranges of a field: `*`, `1`, `1-5`, `*/2`, `mon-fri`."""
    first, *steps = text.split("/")
    start, end = _ends(text, first.split("-"), bounds)
    if steps[1:]:
        raise CronError(f"too many slashes: {text}")
    step = _number(steps[0]) if steps else 1
    if steps and "-" not in first:
        end = bounds.most
    if start < bounds.least:
        raise CronError(f"beginning of range ({start}) below minimum ({bounds.least}): {text}")
    if end > bounds.most:
        raise CronError(f"end of range ({end}) above maximum ({bounds.most}): {text}")
    if start > end:
        raise CronError(f"beginning of range ({start}) beyond end of range ({end}): {text}")
    if step == 0:
        raise CronError(f"step of range should be a positive number: {text}")


def _ends(text: str, ends: list[str], bounds: FieldBounds) -> tuple[int, int]:
    if ends[0] in ("*", "?"):
        return bounds.least, bounds.most
    first, *later = ends
    start = _number_or_name(first, bounds)
    if later[1:]:
        raise CronError(f"too many hyphens: {text}")
    return start, _number_or_name(later[0], bounds) if later else start


def _number_or_name(text: str, bounds: FieldBounds) -> int:
    name = bounds.names.get(text.lower())
    return _number(text) if name is None else name


def _number(text: str) -> int:
    if not _INTEGER.fullmatch(text) or len(text) > _LONGEST:
        raise CronError(f'failed to parse int from {text}: strconv.Atoi: parsing "{text}": invalid syntax')
    number = int(text)
    if number < 0:
        raise CronError(f"negative number ({number}) not allowed: {text}")
    return number
