"""Source lines with marks under the characters that a finding is about."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from sidecar_lint.escaping import terminal
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.report.line import Line, Piece, cells
from sidecar_lint.report.window import CUT, window
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidecar_lint.syntax.source import Source

FRAME_STYLE: Final = "bold blue"
_RELATED_STYLE: Final = "bold blue"
#: How far up the key that holds a line is looked for.
_PARENT_REACH: Final = 200
_ROOM_FOR_LABEL: Final = 24
_NARROWEST: Final = 20


class Label(NamedTuple):
    """What to mark: a span, a few words on it, and the style of the primary one (None: related)."""

    span: Span
    text: str = ""
    style: str | None = None


class _Mark(NamedTuple):
    """A label on one line, in code points of that line."""

    start: int
    end: int
    label: Label
    text: str


class Excerpt:
    """Draws the lines of one source for a terminal of a width and an encoding."""

    def __init__(self, source: Source, labels: Sequence[Label], width: int, encoding: str) -> None:
        """The first label is the primary one: the line of the key that holds it is shown too."""
        self.source = source
        self._labels = labels
        self._width = width
        self._encoding = encoding
        last = max(source.position(label.span.start).line for label in labels)
        #: How many digits the line numbers have; more where another excerpt beside it needs them.
        self.gutter = len(str(last + 1))

    @property
    def _room(self) -> int:
        return max(self._width - self.gutter - len(" | "), _NARROWEST)

    @property
    def place(self) -> str:
        """Where the first label is: `path:line:column`."""
        at = self.source.position(self._labels[0].span.start)
        return f"{terminal(self.source.path, self._encoding)}:{at.line + 1}:{at.column + 1}"

    def lines(self) -> Iterator[Line]:
        """The marked lines in the order of the file, each with what is said about it."""
        labels = self._labels
        marks = self._marks(labels)
        shown = sorted({*marks, *self._parents(self.source.position(labels[0].span.start).line)})
        yield (self._margin(""),)
        before = shown[0]
        for number in shown:
            hidden = range(before + 1, number)
            if len(hidden) == 1:
                yield from self._line(hidden[0], [])
            elif hidden:
                yield ((CUT, FRAME_STYLE),)
            yield from self._line(number, marks.get(number, []))
            before = number

    def _marks(self, labels: Sequence[Label]) -> dict[int, list[_Mark]]:
        found: dict[int, list[_Mark]] = {}
        for label in labels:
            number, mark = self._mark(label)
            found.setdefault(number, []).append(mark)
        for marks in found.values():
            marks.sort(key=lambda mark: (mark.label.style is None, mark.start))
        return found

    def _mark(self, label: Label) -> tuple[int, _Mark]:
        """Where to mark a label: of several lines, the first only."""
        source, span = self.source, label.span
        start = source.position(span.start)
        end = source.position(source.visible_end(span.start, span.end))
        text = label.text
        if end.line > start.line:
            text = f"{text} (to line {end.line + 1})" if text else f"to line {end.line + 1}"
        first = source.line_starts[start.line]
        line_end = source.visible_end(first, source.line_ends[start.line]) - first
        last = line_end if end.line > start.line else end.column
        return start.line, _Mark(start.column, max(last, start.column + 1), label, text)

    def _parents(self, number: int) -> Iterator[int]:
        """The line of the key that holds a line, judged by indentation."""
        indent, first = self.source.margin(number)
        for above in range(number - 1, max(number - _PARENT_REACH, -1), -1):
            other = self.source.margin(above)
            if other.first in ("", "#"):
                continue
            beside = first == "-" and other.indent == indent and other.first != "-"
            if other.indent < indent or beside:
                yield above
                return

    def _line(self, number: int, marks: list[_Mark]) -> Iterator[Line]:
        focus = Span(marks[0].start, marks[0].end) if marks else Span(0, 0)
        drawn = window(self.source, number, focus, self._room, self._encoding)
        yield self._margin(str(number + 1)), (drawn.text, "")
        for mark in marks:
            start, end = drawn.column(mark.start), drawn.column(mark.end)
            yield from self._underline(mark, start, max(end, start + 1))

    def _underline(self, mark: _Mark, start: int, end: int) -> Iterator[Line]:
        """The marks under a stretch of cells, and what they say: beside them, or below."""
        style = mark.label.style or _RELATED_STYLE
        label = terminal(mark.text, self._encoding)
        beside = label if end + 1 + cells(label) <= self._room else ""
        character = "^" if mark.label.style else "-"
        drawn = " " * start + character * (end - start)
        yield self._margin(""), (f"{drawn} {beside}".rstrip(), style)
        if not beside:
            indent = min(start, max(self._room - max(_ROOM_FOR_LABEL, self._room // 2), 0))
            for part in wrap(label, self._room - indent):
                yield self._margin(""), (" " * indent + part, style)

    def _margin(self, number: str) -> Piece:
        return f"{number:>{self.gutter}} | ", FRAME_STYLE
