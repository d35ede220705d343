"""A page as plain text, for a terminal."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING, Final

from sidecar_lint.layout import reading_width, table, wrapped
from sidecar_lint.pages.blocks import Block, Code, Facts, Heading, Link, Listing, Prose, Table, Title

if TYPE_CHECKING:
    from collections.abc import Iterable

_INDENT: Final = "    "
#: How the lines of what the program says begin, behind which a file that it writes may follow.
_SAID: Final = ("error: ", "warning: ", "info: ", "help: ")


def text(blocks: Iterable[Block], columns: int | None = None) -> str:
    """The blocks with an empty line between them, for a terminal of so many columns.

    Where there is none, rows of tables stay on lines of their own. Examples are shown as they are.
    """
    return "\n\n".join(_block(block, columns) for block in blocks) + "\n"


def _block(block: Block, columns: int | None) -> str:
    width = reading_width(columns)
    match block:
        case Title(title):
            return title
        case Heading(heading):
            return heading.upper()
        case Prose(prose):
            return "\n\n".join("\n".join(wrapped(each, width)) for each in prose.split("\n\n"))
        case Code(code, language):
            return _said(code, width) if language == "text" else indent(code, _INDENT)
        case Facts(rows):
            return _facts(rows, width)
        case Listing(items):
            return "\n".join(line for item in items for line in wrapped(item.text, width, "  ", _INDENT))
        case Table(head, rows):
            shown = (tuple(map(Link, head)), *rows) if head else rows
            return "\n".join(table([[cell.text for cell in row] for row in shown], columns))


def _said(code: str, width: int) -> str:
    lines = code.split("\n")
    return "\n".join(
        "\n".join(wrapped(line, width, _INDENT, _INDENT * 2))
        if line.startswith(_SAID)
        else indent(line, _INDENT)
        for line in lines
    )


def _facts(rows: tuple[tuple[str, str], ...], width: int) -> str:
    size = max(len(name) for name, _ in rows) + 2
    return "\n".join(
        line for name, fact in rows for line in wrapped(fact, width, f"{name:<{size}}", " " * size)
    )
