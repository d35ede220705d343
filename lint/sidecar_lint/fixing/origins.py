"""Which fix a new finding comes from, and whether what it says was there before, unseen.

Below a key that is misspelt nothing is read, nor is anything in a text inside the file that is no YAML.
What is wrong there was wrong before; mending the mistake only brings it to light.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.outline import Entry, Nested, Outline, in_order
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidecar_lint.embedding import Embedding
    from sidecar_lint.finding import Edit, Fix
    from sidecar_lint.fixing.applying import Shift
    from sidecar_lint.linting.report import Report


class FixOrigin(NamedTuple):
    """The fix that is why something is found, if that can be told, and whether it only brought it to light."""

    fix: Fix | None = None
    hidden: bool = False


class FixOrigins:
    """The changes that fixes made, by the entries of the new text that they are in."""

    def __init__(self, before: Report, after: Report, fixes: Sequence[Fix], shift: Shift) -> None:
        self._before = before
        self._after = after
        self._fixes = fixes
        self._shift = shift

    def of(self, at: int) -> FixOrigin:
        """Where a finding at a place of the new text comes from."""
        if len(self._fixes) == 1:
            return FixOrigin(self._fixes[0], self._is_hidden(self._fixes[0], at))
        owned = (fix for entry in self._new.holding(at) if (fix := self._owners.get(entry)))
        fix = next(owned, None)
        return FixOrigin(fix, fix is not None and self._is_hidden(fix, at))

    def _is_hidden(self, fix: Fix, at: int) -> bool:
        return any(span.start <= at < span.end for edit in fix.edits for span in self._unseen(edit))

    def _unseen(self, edit: Edit) -> Iterator[Span]:
        """What is behind a key that an edit mends, or in the text inside the file that it mends."""
        written = self._shift.written(edit)
        if edit.span.start < edit.span.end < self._keys.get(edit.span.start, 0):
            entry = next(self._new.holding(written.start), None)
            yield Span(written.end, entry.span.end if entry else written.end)
        yield from (span for span in self._unread if span.start <= written.start < span.end)

    @cached_property
    def _owners(self) -> dict[Entry, Fix]:
        """The innermost entry that each edit is in."""
        places = ((self._shift.written(edit).start, fix) for fix in self._fixes for edit in fix.edits)
        found = ((next(self._new.holding(at), None), fix) for at, fix in places)
        return {entry: fix for entry, fix in found if entry}

    @cached_property
    def _new(self) -> Nested:
        return Nested(in_order(_entries(self._after)))

    @cached_property
    def _keys(self) -> dict[int, int]:
        """Where the keys of the old text begin, and where their values end."""
        return {
            entry.span.start: entry.span.end
            for entry in in_order(_entries(self._before))
            if isinstance(entry.path[-1], str)
        }

    @cached_property
    def _unread(self) -> list[Span]:
        """The texts inside the file that could not be read, where they are now."""
        unread = (text.scalar.span for text in self._before.texts if read(text.source).unread)
        return [self._shift.span(span) for span in unread]


def _entries(report: Report) -> Iterator[Entry]:
    """The entries of a file, and of the texts inside it."""
    yield from Outline(report.source).entries
    for text in report.texts:
        yield from _inner(text)


def _inner(text: Embedding) -> Iterator[Entry]:
    return (entry._replace(span=text.span(entry.span)) for entry in Outline(text.source).entries)
