"""A page as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import indent, wrap
from typing import Final

from sidecar_lint.pages.blocks import Block, Code, Facts, Heading, Link, Listing, Prose, Table, Title

_WIDTH: Final = 100


def text(blocks: Iterable[Block]) -> str:
    """The blocks with an empty line between them."""
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def _block(block: Block) -> str:
    match block:
        case Title(title):
            return title
        case Heading(heading):
            return heading.upper()
        case Prose(prose):
            return prose
        case Code(code, _):
            return indent(code, "    ")
        case Facts(rows):
            return _facts(rows)
        case Listing(items):
            return "\n".join(f"  {item.text}" for item in items)
        case Table(head, rows):
            return _table((tuple(map(Link, head)), *rows) if head else rows)


def _facts(rows: tuple[tuple[str, str], ...]) -> str:
    width = max(len(name) for name, _ in rows) + 2
    lines = []
    for name, fact in rows:
        first, *others = wrap(fact, _WIDTH - width, break_long_words=False, break_on_hyphens=False)
        lines += [f"{name:<{width}}{first}", *(" " * width + line for line in others)]
    return "\n".join(lines)


def _table(rows: tuple[tuple[Link, ...], ...]) -> str:
    widths = [max(len(cell.text) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(f"{cell.text:<{w}}" for cell, w in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
