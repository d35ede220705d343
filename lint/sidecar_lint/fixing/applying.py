"""Applying fixes to a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from sidecar_lint.finding import Edit, Finding, Fix
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """The text with the fixes applied, those that `together` leaves out excepted.

    Only the characters of the edits change.
    """
    return apply_edits(text, {edit for fix in together(fixes) for edit in fix.edits})


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits applied; they must not overlap."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda each: each.span):
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


def together(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes that can be applied at once: one that is in the way of an earlier one waits for another pass.

    Two edits of one place are, and two new files of one name, unless they are the same.
    """
    chosen: list[Fix] = []
    taken = _TakenPlaces()
    for fix in fixes:
        if taken.has_room(fix):
            taken.add(fix)
            chosen.append(fix)
    return chosen


class _TakenPlaces:
    """The places that the edits of some fixes change, none of which overlap, and the files that they make."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._edits: list[Edit] = []
        self._files: dict[str, str] = {}

    def has_room(self, fix: Fix) -> bool:
        """Whether a fix is in nobody's way."""
        is_other = any(self._files.get(file.path, file.text) != file.text for file in fix.new_files)
        return not is_other and not any(map(self._is_in_the_way, fix.edits))

    def add(self, fix: Fix) -> None:
        """Take the places of a fix, too."""
        self._files.update({file.path: file.text for file in fix.new_files})
        for edit in fix.edits:
            at = bisect_left(self._starts, edit.span.start)
            if self._edits[at : at + 1] != [edit]:
                self._starts.insert(at, edit.span.start)
                self._edits.insert(at, edit)

    def _is_in_the_way(self, edit: Edit) -> bool:
        at = bisect_left(self._starts, edit.span.start)
        return any(_overlap(edit, other) for other in self._edits[max(at - 1, 0) : at + 1])


def first_fixes(findings: Iterable[Finding], *, unsafe: bool = True) -> list[Fix]:
    """The preferred fix of each finding that has one; without `unsafe` only those surely meant."""
    first = (finding.fixes[0] for finding in findings if finding.fixes)
    return [fix for fix in first if fix.safe or unsafe]


def _overlap(one: Edit, other: Edit) -> bool:
    if one == other:
        return False
    if one.span.start == other.span.start:
        return True
    return one.span.start < other.span.end and other.span.start < one.span.end


class Shift:
    """Where places of a text are once edits are applied to it; they must not overlap."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits = sorted(set(edits), key=lambda each: each.span)
        self._starts = [edit.span.start for edit in self._edits]
        grown = (len(edit.text) - (edit.span.end - edit.span.start) for edit in self._edits)
        self._grown = [0, *accumulate(grown)]

    def span(self, span: Span) -> Span:
        """The new place of a stretch; what an edit replaces it covers with what it writes."""
        start = self._start(span.start)
        return Span(start, max(start, self._end(span.end)))

    def edit(self, edit: Edit) -> Edit:
        """The same edit of the new text."""
        return edit._replace(span=self.span(edit.span))

    def written(self, edit: Edit) -> Span:
        """What one of the edits wrote, in the new text."""
        start = edit.span.start + self._grown[bisect_left(self._starts, edit.span.start)]
        return Span(start, start + len(edit.text))

    def _start(self, at: int) -> int:
        """What is inserted at a place goes before what begins there."""
        behind = bisect_right(self._starts, at)
        if behind and (last := self._edits[behind - 1]).span.end > at:
            return self.written(last).start
        return at + self._grown[behind]

    def _end(self, at: int) -> int:
        before = bisect_left(self._starts, at)
        if before and (last := self._edits[before - 1]).span.end >= at:
            return self.written(last).end
        return at + self._grown[before]


class Pieces:
    """A text as pieces of an older one, with what was written between them since."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._pieces: list[Span | str] = [Span(0, length)]

    def apply(self, edits: Iterable[Edit]) -> None:
        """Apply edits to the text; they must not overlap."""
        left, kept, at = self._pieces[::-1], list[Span | str](), 0
        for edit in sorted(set(edits), key=lambda each: each.span):
            kept += _taken(left, edit.span.start - at)
            _taken(left, edit.span.end - edit.span.start)
            kept.append(edit.text)
            at = edit.span.end
        self._pieces = [*kept, *left[::-1]]

    def edits(self) -> tuple[Edit, ...]:
        """What leads from the old text to this one."""
        found, at, written = [], 0, ""
        for piece in (*self._pieces, Span(self._length, self._length)):
            if isinstance(piece, str):
                written += piece
            elif piece.start < piece.end or piece.start == self._length:
                if written or at < piece.start:
                    found.append(Edit(Span(at, piece.start), written))
                at, written = piece.end, ""
        return tuple(found)


def _taken(left: list[Span | str], count: int) -> list[Span | str]:
    """Take so many characters off the end of a list of pieces, whose first is the last one."""
    taken: list[Span | str] = []
    while count > 0:
        piece = left.pop()
        length = len(piece) if isinstance(piece, str) else piece.end - piece.start
        if length > count:
            left.append(_part(piece, count, length))
            piece = _part(piece, 0, count)
        taken.append(piece)
        count -= min(length, count)
    return taken


def _part(piece: Span | str, start: int, end: int) -> Span | str:
    if isinstance(piece, str):
        return piece[start:end]
    return Span(piece.start + start, piece.start + end)
