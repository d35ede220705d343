"""Inventories as Markdown, for a ticket or a page: what is to be done is a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.escaping import markdown, markdown_code, terminal
from sidecar_lint.report.migration.sections import (
    LITERALS,
    PARTS,
    PLACEHOLDERS,
    STEPS,
    as_of,
    described,
    sections,
    title,
    where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidecar_lint.migration.inventory import Inventory


def markdown_text(inventories: Sequence[Inventory]) -> str:
    """All of them, one after the other."""
    return "\n".join(line for inventory in inventories for line in (*_lines(inventory), ""))


def _lines(inventory: Inventory) -> Iterator[str]:
    yield f"# {markdown(title(inventory))}"
    yield ""
    yield markdown_code(inventory.path)
    for each in inventory.notes:
        yield from ("", f"> {markdown(each)}")
    yield from _heading(PARTS)
    yield "| line | what | where it goes |"
    yield "| ---: | --- | --- |"
    for item in inventory.items:
        name = f"{item.kind.value} {markdown_code(item.name)}"
        yield f"| {markdown(where(item.place, inventory))} | {name} | {markdown(item.destination)} |"
    for section in sections(inventory):
        yield from _heading(section.title)
        box = "- [ ]" if section.open else "-"
        yield from (f"{box} {markdown(described(point))}" for point in section.points)
    if inventory.provided_variables:
        yield from _heading(LITERALS)
        yield "| variable | value | containers |"
        yield "| --- | --- | --- |"
        for variable in inventory.provided_variables:
            containers = ", ".join(map(markdown_code, variable.containers))
            yield f"| {markdown_code(variable.name)} | {markdown_code(variable.value)} | {containers} |"
    yield from _heading(STEPS)
    yield from (f"{number}. {markdown(step)}" for number, step in enumerate(inventory.steps, 1))
    yield from _placeholders(inventory)
    yield ""
    yield markdown(as_of(inventory))


def _heading(name: str) -> Iterator[str]:
    yield from ("", f"## {markdown(name)}", "")


def _placeholders(inventory: Inventory) -> Iterator[str]:
    if not inventory.placeholders:
        return
    yield from _heading(PLACEHOLDERS)
    for number, each in enumerate(inventory.placeholders):
        # A block of code that is indented ends with its line, whatever that holds.
        yield from [""] * (number > 0)
        yield f"{markdown_code(each.name)}:{'' if each.command else f' {markdown(each.made)}'}"
        yield from ("", f"    {terminal(each.command)}") if each.command else ()
