"""A page as Markdown: for the site, and for whoever else shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sidecar_lint.pages.blocks import Block, Code, Facts, Heading, Link, Listing, Prose, Table, Title

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What would be markup in a text that is none; in `code` everything stands for itself.
_MARKUP = r"(`[^`]*`)|([\\*_<>\[\]|#~])"


def markdown(blocks: Iterable[Block]) -> str:
    """The blocks with an empty line between them."""
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def escaped(text: str) -> str:
    """A text that says the same as Markdown; `code` in it stays code."""
    return re.sub(_MARKUP, lambda match: match[1] or f"\\{match[2]}", text)


def _block(block: Block) -> str:
    match block:
        case Title(title):
            return f"# {escaped(title)}"
        case Heading(heading):
            return f"## {escaped(heading)}"
        case Prose(prose):
            return prose
        case Code(code, language):
            return _fenced(code, language)
        case Facts(rows):
            return _table(("", ""), tuple((Link(f"**{name}**"), Link(escaped(fact))) for name, fact in rows))
        case Listing(items):
            return "\n".join(f"- {_link(item)}" for item in items)
        case Table(head, rows):
            return _table(head, tuple(tuple(Link(_link(cell)) for cell in row) for row in rows))


def _fenced(code: str, language: str) -> str:
    """Lines between fences that are longer than any in them."""
    longest = max(map(len, re.findall(r"`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{code}\n{fence}"


def _link(link: Link) -> str:
    return f"[{escaped(link.text)}]({link.url})" if link.url else escaped(link.text)


def _table(head: tuple[str, ...], rows: tuple[tuple[Link, ...], ...]) -> str:
    """A table of cells that are Markdown already."""
    lines = [head, ("---",) * len(head), *(tuple(cell.text for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
