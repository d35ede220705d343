"""What comes to an end, and when, as text and for programs."""

from __future__ import annotations

from typing import Any

from sidecar_lint.dates import NEVER, Calendar, End
from sidecar_lint.escaping import json_document
from sidecar_lint.pages.blocks import Link, Table
from sidecar_lint.pages.text import text


def table(calendar: Calendar, columns: int | None = None) -> str:
    """One line for each: id, day, as of when that is known, and the source."""
    rows = tuple((end.id, _day(end), f"as of {end.as_of}", _source(end)) for end in calendar.ends)
    return text((Table((), tuple(tuple(map(Link, row)) for row in rows)),), columns)


def as_json(calendar: Calendar) -> str:
    """The same for programs; docs/json.md describes it."""
    return json_document({"version": 1, "dates": [_entry(end) for end in calendar.ends]}, indent=1) + "\n"


def _entry(end: End) -> dict[str, Any]:
    return {
        "id": end.id,
        "what": end.what,
        "day": end.day.isoformat() if end.day else None,
        "configured": end.is_configured,
        "as_of": end.as_of,
        "source": end.source,
        "advice": end.advice,
    }


def _day(end: End) -> str:
    return end.day.isoformat() if end.day else NEVER


def _source(end: End) -> str:
    return f"{end.source}; the day is that of the configuration" if end.is_configured else end.source
