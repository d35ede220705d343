"""Between offsets in code points and the positions of a client, in the encoding agreed on with it."""

from __future__ import annotations

from lsprotocol import types

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.source import Position, Source
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.units import Units


class Positions(NamedTuple):
    """The positions of one text. `encoding` is "utf-8", "utf-16" or "utf-32": what a column counts."""

    source: Source
    encoding: str

    def position(self, offset: int) -> types.Position:
        """Where a code point is; between the two characters of a line's end is the line's end."""
        line, column = self.source.position(offset)
        length = self.source.line_ends[line] - self.source.line_starts[line]
        return types.Position(line, self._units.before(line, min(column, length)))

    def range(self, span: Span) -> types.Range:
        """Where a span is."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The code point at a position; past a line's end is the line's end, past the text its end."""
        if position.line >= len(self.source.line_starts):
            return len(self.source.text)
        column = self._units.column(position.line, position.character)
        return self.source.offset(Position(position.line, column))

    def span(self, range_: types.Range) -> Span:
        """The code points of a range."""
        start, end = self.offset(range_.start), self.offset(range_.end)
        return Span(min(start, end), max(start, end))

    @property
    def _units(self) -> Units:
        return self.source.units(self.encoding)
