"""What text and Markdown say of an inventory: the same sections in the same words."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.migration.inventory import Inventory, RemarkLevel
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.rendering.origins import FilePosition

PARTS: Final = "What there is, and where it goes"
LITERALS: Final = "What Copilot provided becomes a literal"
STEPS: Final = "In this order"
PLACEHOLDERS: Final = "What only AWS knows, and what finds it"

_LEVELS: Final = {
    RemarkLevel.DANGER: "What may be lost",
    RemarkLevel.TO_DO: "What is to be done by hand",
    RemarkLevel.NOTE: "Good to know",
}


class Point(NamedTuple):
    """A remark with where it is written and what it is about."""

    where: str
    about: str
    text: str


class Section(NamedTuple):
    """Points under a title; those that are `open` wait for somebody."""

    title: str
    points: tuple[Point, ...]
    open: bool = True
    #: Whether they say why it cannot be done.
    blocks: bool = False


def title(inventory: Inventory) -> str:
    """What the inventory is about."""
    environment = inventory.environment
    where = "in any environment" if environment == ANY_ENVIRONMENT else f"in {environment}"
    return f"{inventory.workload} ({inventory.kind}) {where}, to {inventory.target.label}"


def as_of(inventory: Inventory) -> str:
    """How far the statements go."""
    return f"As of {inventory.as_of}: {', '.join(inventory.target.sources)}."


def where(place: FilePosition | None, inventory: Inventory) -> str:
    """The line of a place; with the file where that is another than the manifest."""
    if place is None:
        return ""
    if place["file"] == inventory.path:
        return str(place["line"])
    return f"{'/'.join(place['file'].replace(os.sep, '/').split('/')[-2:])}:{place['line']}"


def described(point: Point) -> str:
    """A point on one line."""
    place = f"line {point.where}" if point.where.isdecimal() else point.where
    return ": ".join(part for part in (place, point.about, point.text) if part)


def variables(inventory: Inventory) -> Iterator[str]:
    """The variables that become literals; with the containers that get a value where others get another."""
    counts = Counter(each.name for each in inventory.provided_variables)
    for each in inventory.provided_variables:
        containers = f"  ({', '.join(each.containers)})" if counts[each.name] > 1 else ""
        yield f"{each.name}={each.value}{containers}"


def sections(inventory: Inventory) -> Iterator[Section]:
    """The sections with remarks: what the target cannot do, then the rest by level. Empty ones are left out."""
    for blocks in (True, False):
        found = [limit for limit in inventory.limits if limit.blocks is blocks]
        points = tuple(Point(where(each.place, inventory), "", each.text) for each in found)
        if points:
            yield Section(_limits_title(inventory, blocks=blocks), points, blocks=blocks)
    for level, name in _LEVELS.items():
        remarks = tuple(
            Point(where(item.place, inventory), f"{item.kind.value} {item.name}", text)
            for item, text in inventory.remarks(level)
        )
        if remarks:
            yield Section(name, remarks, open=level is not RemarkLevel.NOTE)


def _limits_title(inventory: Inventory, *, blocks: bool) -> str:
    name = inventory.target.label
    return f"Why it cannot go to {name} as it is" if blocks else f"What {name} has no setting for"
