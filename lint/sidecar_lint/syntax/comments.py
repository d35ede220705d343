"""The comments of a text that are meant for us, found as YAML finds comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sidecar_lint.finding import Span
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import scalars

#: How a comment for us begins.
WORD: Final = "sidecar-lint:"
#: The same, or what was meant so: the other dash, or no colon before what only we have.
_MEANT: Final = r"sidecar[-_]lint(?::|[ \t]*(?=ignore(?:-file)?\[))"
#: YAML ends a comment at these, which are more than what ends a line for an editor.
_BREAKS: Final = "\n\r\x85\u2028\u2029"
_BLOCK: Final = ("|", ">")


class Comment(NamedTuple):
    """A comment: from its `#` to its last visible character.

    `line` is what it stands at the end of: its line, and with it the lines above of a scalar that ends
    there. None where it has a line for itself, but for the dash of an item.
    """

    span: Span
    text: str
    line: Span | None


def may_have_comments(text: str) -> bool:
    """Whether a text need be looked at: almost none has to."""
    return "-lint" in text or "_lint" in text


def comments(source: Source) -> Iterator[Comment]:
    """The comments `# sidecar-lint: …`. A `#` inside a scalar begins none, but after `|` or `>` it does."""
    text = source.text
    if not may_have_comments(text):
        return
    written = list(scalars(text))
    for match in re.finditer(_pattern(), text):
        if not any(_holds(source, span, style, match.start()) for span, style in written):
            span = Span(match.start(), match.start() + len(match[0].rstrip()))
            yield Comment(span, match[0].rstrip(), _line(source, span.start, [each for each, _ in written]))


def _pattern() -> str:
    begin = rf"#[ \t]*{_MEANT}"
    return rf"(?<!\S){begin}(?:(?!\s{begin})[^{_BREAKS}])*"


def _holds(source: Source, scalar: Span, style: str, at: int) -> bool:
    """Whether a place is inside a scalar; the rest of the line that a block scalar begins is not."""
    inside = scalar.start <= at < scalar.end
    if inside and style in _BLOCK:
        return source.position(at).line != source.position(scalar.start).line
    return inside


def _line(source: Source, at: int, written: list[Span]) -> Span | None:
    start = _start_of_line(source, at)
    before = re.sub(r"^(?:-(?=[ \t])|[ \t])*", "", source.text[start:at])
    if not before or before.startswith("#"):
        return None
    ending = (each.start for each in written if each.start < start < each.end <= at)
    return Span(_start_of_line(source, next(ending, at)), at)


def _start_of_line(source: Source, at: int) -> int:
    return source.line_starts[source.position(at).line]
