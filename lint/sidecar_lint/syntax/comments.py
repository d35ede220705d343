"""The comments of a text that are meant for us, found as YAML finds comments."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.source import Source

#: How a comment for us begins.
WORD: Final = "sidecar-lint:"
#: The same, or what was meant so: the other dash, or no colon before what only we have.
_MEANT: Final = r"sidecar[-_]lint(?::|[ \t]*(?=ignore(?:-file)?\[))"
#: YAML ends a comment at these, which are more than what ends a line for an editor.
_BREAKS: Final = "\n\r\x85\u2028\u2029"
_BLOCK: Final = ("|", ">")
_LEAD: Final = r"(?:-(?=[ \t])|[ \t])*"


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
    written = _Written(source)
    for match in re.finditer(_pattern(), text):
        if not written.holds(match.start()):
            span = Span(match.start(), match.start() + len(match[0].rstrip()))
            yield Comment(span, match[0].rstrip(), written.line(span.start))


def _pattern() -> str:
    begin = rf"#[ \t]*{_MEANT}"
    return rf"(?<!\S){begin}(?:(?!\s{begin})[^{_BREAKS}])*"


class _Written:
    """What else is written in a text: its scalars, none of which reaches into another."""

    def __init__(self, source: Source) -> None:
        from sidecar_lint.syntax.grammar import scalars

        self._source = source
        self._scalars = list(scalars(source.text))
        self._starts = [span.start for span, _ in self._scalars]
        self._first: dict[int, int] = {}

    def holds(self, at: int) -> bool:
        """Whether a place is inside a scalar; the rest of the line that a block scalar begins is not."""
        found = self._before(at + 1)
        if found is None or found[0].end <= at:
            return False
        return found[1] not in _BLOCK or self._start_of_line(at) != self._start_of_line(found[0].start)

    def line(self, at: int) -> Span | None:
        """What a comment at a place stands at the end of; None where it has a line for itself."""
        start = self._start_of_line(at)
        first = self._first_of_line(start)
        if first >= at or self._source.text[first] == "#":
            return None
        found = self._before(start)
        above = found is not None and start < found[0].end <= at
        return Span(self._start_of_line(found[0].start) if found and above else start, at)

    def _before(self, at: int) -> tuple[Span, str] | None:
        """The last scalar that begins before a place."""
        number = bisect_left(self._starts, at)
        return self._scalars[number - 1] if number else None

    def _first_of_line(self, start: int) -> int:
        """Where a line has its first character besides blanks and the dashes of items."""
        if start not in self._first:
            lead = re.compile(_LEAD).match(self._source.text, start)
            self._first[start] = lead.end() if lead else start
        return self._first[start]

    def _start_of_line(self, at: int) -> int:
        return self._source.line_starts[self._source.position(at).line]
