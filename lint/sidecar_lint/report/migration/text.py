"""Inventories for people, on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sidecar_lint.escaping import terminal
from sidecar_lint.migration.inventory import Inventory
from sidecar_lint.report.migration.sections import (
    LITERALS,
    PARTS,
    PLACEHOLDERS,
    STEPS,
    Point,
    as_of,
    described,
    sections,
    title,
    variables,
    where,
)

_WIDTH: Final = 100
#: A longer name does not push the columns behind it to the right.
_WIDEST: Final = 60


def text(inventories: Sequence[Inventory]) -> str:
    """All of them, one after the other."""
    return "\n".join(f"{line}" for inventory in inventories for line in (*_lines(inventory), ""))


def _lines(inventory: Inventory) -> Iterator[str]:
    yield terminal(title(inventory))
    yield terminal(inventory.path)
    for each in inventory.notes:
        yield from _wrapped(f"Note: {each}", "")
    yield ""
    yield f"{PARTS}:"
    yield from _table(
        (where(item.place, inventory), f"{item.kind.value} {item.name}", item.destination)
        for item in inventory.items
    )
    for section in sections(inventory):
        yield ""
        yield terminal(f"{section.title}:")
        for point in section.points:
            yield from _point(point)
    yield from _literals(inventory)
    yield ""
    yield f"{STEPS}:"
    for number, step in enumerate(inventory.steps, 1):
        yield from _wrapped(step, f"{number:>4}. ")
    yield from _placeholders(inventory)
    yield ""
    yield terminal(as_of(inventory))


def _table(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    shown = [tuple(terminal(cell) for cell in row) for row in rows]
    first, second = (min(_WIDEST, max((len(row[at]) for row in shown), default=0)) for at in (0, 1))
    for place, name, destination in shown:
        yield f"  {place:>{first}}  {name:<{second}}  {destination}".rstrip()


def _point(point: Point) -> Iterator[str]:
    yield from _wrapped(described(point), "  - ")


def _wrapped(line: str, prefix: str) -> Iterator[str]:
    indent = " " * len(prefix)
    yield from textwrap.wrap(
        terminal(line),
        _WIDTH,
        initial_indent=prefix,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _literals(inventory: Inventory) -> Iterator[str]:
    if not inventory.literals:
        return
    yield ""
    yield f"{LITERALS}:"
    yield from (f"  {terminal(each)}" for each in variables(inventory))


def _placeholders(inventory: Inventory) -> Iterator[str]:
    if not inventory.placeholders:
        return
    yield ""
    yield f"{PLACEHOLDERS}:"
    for each in inventory.placeholders:
        yield f"  {terminal(each.name)}"
        yield f"      {terminal(each.command or 'what you make yourself')}"
