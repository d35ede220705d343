"""Where a finding is, as people and programs count: from one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from sidecar_lint.syntax.source import Source


class FileRange(NamedTuple):
    """A stretch of a file: lines and columns from one, columns in code points, the end excluded."""

    line: int
    column: int
    end_line: int
    end_column: int


def place(span: Span, source: Source) -> FileRange:
    """Where a span begins and ends."""
    start, end = source.position(span.start), source.position(span.end)
    return FileRange(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def visible_place(span: Span, source: Source) -> FileRange:
    """The same without the white space at its end: the last line is one that shows something."""
    end = source.visible_end(span.start, min(span.end, len(source.text)))
    return place(Span(span.start, end) if end > span.start else span, source)
