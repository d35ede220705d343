"""The room that a configuration takes in a parameter of Systems Manager.

A standard parameter holds 4 KB, an advanced one 8 KB. The service's message says characters, its
documentation bytes; bytes of UTF-8 are never fewer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.source import Source

STANDARD: Final = 4096
ADVANCED: Final = 8192
#: Spaces that a level of indentation needs to be pleasant.
_NARROWEST: Final = 2


class Size(NamedTuple):
    """How large a text is: in bytes of UTF-8, in characters, and the bytes that could be saved.

    `comments` are those of comments with what stands before them and of empty lines, `indentation`
    what is left over if each level took two spaces.
    """

    bytes: int
    characters: int
    comments: int
    indentation: int

    @property
    def over(self) -> int:
        """The bytes that are too many for a standard parameter; 0 where it fits."""
        return max(self.bytes - STANDARD, 0)


def measure(text: str) -> Size:
    """Measure a text."""
    data = len(text.encode("utf-8", "replace"))
    if data <= STANDARD:
        return Size(data, len(text), 0, 0)
    stripped = without_comments(text)
    comments = data - len(stripped.encode("utf-8", "replace"))
    return Size(data, len(text), comments, len(stripped) - len(_narrow(stripped)))


def overflow(source: Source) -> Span:
    """The line on which a text becomes larger than a standard parameter."""
    kept = source.text.encode("utf-8", "replace")[:STANDARD].decode("utf-8", "ignore")
    start = source.line_starts[source.position(len(kept)).line]
    line = source.line(source.position(len(kept)).line)
    return Span(start, start + max(len(line.rstrip()), 1))


def braces(text: str) -> Iterator[Span]:
    """Every `{{…}}` of a text."""
    for match in re.finditer(r"\{\{[^{}]*\}\}", text):
        yield Span(*match.span())


def without_comments(text: str) -> str:
    """A text without its comments, empty lines and the spaces at the ends of lines.

    What is in a block scalar (`|`, `>`) or in a quoted one of several lines may be no comment, so a
    text that has one keeps its `#` there.
    """
    kept: list[str] = []
    block: int | None = None
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (indent > block or not line.strip()):
            kept.append(line)
            continue
        block = None
        bare = _without_comment(line).rstrip()
        if bare:
            kept.append(bare)
            if re.search(r"(^|[\s:-])[|>][-+0-9]*$", bare):
                block = indent
    return "".join(f"{line}\n" for line in kept)


def _without_comment(line: str) -> str:
    quote = ""
    for at, character in enumerate(line):
        if quote:
            if character == quote and not (quote == '"' and line[at - 1] == "\\"):
                quote = ""
        elif character in "\"'" and (at == 0 or line[at - 1] in " \t[{,:-"):
            quote = character
        elif character == "#" and (at == 0 or line[at - 1] in " \t"):
            return line[:at]
    return line


def _narrow(text: str) -> str:
    """The same with the indentation that the narrowest level has taken for all, halved to two spaces."""
    indents = {len(line) - len(line.lstrip(" ")) for line in text.splitlines()} - {0}
    step = min(indents, default=_NARROWEST)
    if step <= _NARROWEST or any(indent % step for indent in indents):
        return text
    return re.sub(r"(?m)^( +)", lambda match: " " * (len(match[1]) // step * _NARROWEST), text)
