"""Inventories for people, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.escaping import terminal
from sidecar_lint.layout import reading_width, table, wrapped
from sidecar_lint.report.migration.sections import (
    LITERALS,
    PARTS,
    PLACEHOLDERS,
    STEPS,
    as_of,
    described,
    sections,
    title,
    variables,
    where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidecar_lint.migration.inventory import Inventory

#: A longer name does not push the columns behind it to the right.
_WIDEST: Final = 60
_INDENT: Final = "  "


def text(inventories: Sequence[Inventory], columns: int | None = None) -> str:
    """All of them, one after the other, for a terminal of so many columns."""
    width = reading_width(columns)
    return "\n".join(line for inventory in inventories for line in (*_lines(inventory, width), ""))


def _lines(inventory: Inventory, width: int) -> Iterator[str]:
    yield terminal(title(inventory))
    yield terminal(inventory.path)
    for each in inventory.notes:
        yield from _wrapped(f"Note: {each}", "", width)
    yield ""
    yield f"{PARTS}:"
    yield from _table(
        [
            (where(item.place, inventory), f"{item.kind.value} {item.name}", item.destination)
            for item in inventory.items
        ],
        width,
    )
    for section in sections(inventory):
        yield ""
        yield terminal(f"{section.title}:")
        for point in section.points:
            yield from _wrapped(described(point), "  - ", width)
    yield from _literals(inventory)
    yield ""
    yield f"{STEPS}:"
    for number, step in enumerate(inventory.steps, 1):
        yield from _wrapped(step, f"{number:>4}. ", width)
    yield from _placeholders(inventory, width)
    yield ""
    yield from _wrapped(as_of(inventory), "", width)


def _table(rows: Sequence[tuple[str, str, str]], width: int) -> Iterator[str]:
    """Three columns, the places flush right; where they are too wide, a place stands before its name."""
    shown = [tuple(map(terminal, row)) for row in rows]
    first = min(_WIDEST, max((len(place) for place, _, _ in shown), default=0))
    lines = table([(f"{place:>{first}}", name, to) for place, name, to in shown], None, _WIDEST)
    if any(len(line) > width - len(_INDENT) for line in lines):
        together = [(f"{place}: {name}" if place else name, to) for place, name, to in shown]
        lines = table(together, width - len(_INDENT))
    yield from (f"{_INDENT}{line}" for line in lines)


def _wrapped(line: str, prefix: str, width: int) -> list[str]:
    return wrapped(terminal(line), width, prefix, " " * len(prefix))


def _literals(inventory: Inventory) -> Iterator[str]:
    if not inventory.provided_variables:
        return
    yield ""
    yield f"{LITERALS}:"
    yield from (f"  {terminal(each)}" for each in variables(inventory))


def _placeholders(inventory: Inventory, width: int) -> Iterator[str]:
    """Each with a command that is copied as it stands, or with words."""
    if not inventory.placeholders:
        return
    yield ""
    yield f"{PLACEHOLDERS}:"
    for each in inventory.placeholders:
        yield f"  {terminal(each.name)}"
        if each.command:
            yield f"      {terminal(each.command)}"
        else:
            yield from _wrapped(each.made, "      ", width)
