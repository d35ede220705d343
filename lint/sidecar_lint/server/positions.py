"""Between offsets in code points and the positions of a client, in the encoding agreed on with it."""

from __future__ import annotations

from typing import NamedTuple

from lsprotocol import types

from sidecar_lint.finding import Span
from sidecar_lint.syntax.source import Position, Source

_BEYOND_BMP = 0xFFFF


class Positions(NamedTuple):
    """The positions of one text. `encoding` is "utf-8", "utf-16" or "utf-32": what a column counts."""

    source: Source
    encoding: str

    def position(self, offset: int) -> types.Position:
        """Where a code point is; between the two characters of a line's end is the line's end."""
        line, column = self.source.position(offset)
        text = self.source.line(line)[:column]
        return types.Position(line, self._units(text))

    def range(self, span: Span) -> types.Range:
        """Where a span is."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The code point at a position; past a line's end is the line's end, past the text its end."""
        if position.line >= len(self.source.line_starts):
            return len(self.source.text)
        line = self.source.line(position.line)
        return self.source.offset(Position(position.line, self._column(line, position.character)))

    def span(self, range_: types.Range) -> Span:
        """The code points of a range."""
        start, end = self.offset(range_.start), self.offset(range_.end)
        return Span(min(start, end), max(start, end))

    def _units(self, text: str) -> int:
        if self.encoding == "utf-32" or text.isascii():
            return len(text)
        if self.encoding == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(ord(character) > _BEYOND_BMP for character in text)

    def _column(self, line: str, units: int) -> int:
        """The code points of a line that have so many units; one that is cut in two is left out."""
        if self.encoding == "utf-32" or line.isascii():
            return units
        for column, character in enumerate(line):
            units -= self._units(character)
            if units < 0:
                return column
        return len(line)
