"""A text inside a text: a collector's configuration in a scalar of a manifest or of a secrets file."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING

from sidecar_lint.finding import Edit, Finding, Fix, Related
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.nodes import Scalar

_BLOCK = ("|", ">")


class _Ends(NamedTuple):
    """Where the visible characters stand: in the inner text, and in the file."""

    inner: list[int]
    outer: list[int]


class Embedding:
    """The text of a scalar as a source of its own, and where its characters stand in the file.

    YAML takes away indentation and folds lines, and leaves every other character as it is: the
    visible ones of both texts are the same in the same order. Where they are not (a quoted scalar
    with escapes), every place is the whole scalar.
    """

    def __init__(self, file: Source, scalar: Scalar) -> None:
        self.file = file
        self.scalar = scalar
        self.source = Source(file.path, scalar.text)

    @cached_property
    def _ends(self) -> _Ends | None:
        start, end = self.scalar.span
        if self.scalar.style in _BLOCK:  # its first line says how to read the others
            start = self.file.offset(self.file.position(start)._replace(column=1 << 30))
        elif self.scalar.style:
            start, end = start + 1, end - 1
        pairs = zip_longest(_visible(self.source.text, 0), _visible(self.file.text[start:end], start))
        inner: list[int] = []
        outer: list[int] = []
        for one, other in pairs:
            if one is None or other is None or one[1] != other[1]:
                return None
            inner.append(one[0])
            outer.append(other[0])
        return _Ends(inner, outer) if inner else None

    def span(self, inner: Span) -> Span:
        """Where a span of the inner text stands in the file."""
        ends = self._ends
        return _moved(inner, ends.inner, ends.outer) if ends else self.scalar.place

    def inner(self, outer: Span) -> Span | None:
        """Where a span of the file stands in the inner text; None where that is not known."""
        ends = self._ends
        return _moved(outer, ends.outer, ends.inner) if ends else None

    def finding(self, finding: Finding) -> Finding:
        """A finding about the inner text as one about the file. Fixes that cannot be moved are left out."""
        return finding._replace(
            span=self.span(finding.span),
            related=tuple(self._related(each) for each in finding.related),
            fixes=tuple(moved for fix in finding.fixes if (moved := self._fix(fix))),
            follows_from=tuple(each._replace(span=self.span(each.span)) for each in finding.follows_from),
        )

    def _related(self, related: Related) -> Related:
        return related if related.source else related._replace(span=self.span(related.span))

    def _fix(self, fix: Fix) -> Fix | None:
        edits = tuple(Edit(self.span(edit.span), edit.text) for edit in fix.edits)
        same = all(self._is_same(*pair) for pair in zip(fix.edits, edits, strict=True))
        return fix._replace(edits=edits) if same else None

    def _is_same(self, inner: Edit, outer: Edit) -> bool:
        """Whether an edit replaces the same characters of one line, and what it writes needs no escape."""
        before = self.source.text[inner.span.start : inner.span.end]
        plain = not self.scalar.style or self.scalar.style in _BLOCK
        return (
            plain
            and bool(before)
            and before == self.file.text[outer.span.start : outer.span.end]
            and ("\n" not in inner.text)
        )


def _moved(span: Span, here: list[int], there: list[int]) -> Span:
    """The same visible characters in the other text."""
    first = min(bisect_left(here, span.start), len(here) - 1)
    last = bisect_left(here, span.end) - 1
    return Span(there[first], there[last] + 1 if last >= first else there[first])


def _visible(text: str, start: int) -> Iterator[tuple[int, str]]:
    return ((at, character) for at, character in enumerate(text, start) if not character.isspace())
