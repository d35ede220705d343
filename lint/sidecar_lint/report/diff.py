"""What fixes would change, for people and for `patch`."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidecar_lint.escaping import needs_no_escape, patch_path, terminal
from sidecar_lint.fixing.applying import Shift
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.report.stream import StreamReport
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sidecar_lint.finding import Edit
    from sidecar_lint.linting.report import Report
    from sidecar_lint.syntax.span import Span

#: How many lines are shown around a change.
_CONTEXT: Final = 3
_NO_LINE_END: Final = "\\ No newline at end of file\n"


class _Why(StrEnum):
    """Why a hunk is not printed."""

    HIDDEN = "its lines hold the value of a secret"
    OBEYED = "its lines hold characters that a terminal or a log obeys"


class DiffReport(StreamReport):
    """Prints a unified diff of each file that fixes change, and no findings: the output is a patch.

    A patch has no way to spell a character, or to hide one: a hunk with a secret in its lines, or with
    what a terminal or the service that reads the log would obey, is left out. That is said before the
    head of its file, where git and patch read over it.
    """

    def _write(self, report: Report) -> None:
        source = report.original or report.source
        before = _DiffText.of(source, report.originally_hidden)
        after = _DiffText.of(report.source, report.hidden)
        changes = list(_changes(source, report.source, report.edits))
        self._file(report.path, report.path, before, after, changes)
        for file in report.new_files:
            made = _DiffText.of(Source(file.path, file.text), ())
            whole = _ChangedLines(range(0), range(len(made.lines)))
            self._file("/dev/null", file.path, _DiffText(), made, [whole])

    def _file(
        self, old_path: str, path: str, before: _DiffText, after: _DiffText, changes: Iterable[_ChangedLines]
    ) -> None:
        trimmed = (change.trimmed(before, after) for change in changes)
        hunks = [(hunk, hunk.left_out) for hunk in _hunks(filter(None, trimmed), before, after)]
        for why, count in Counter(why for _, why in hunks if why).items():
            self._out.write(f"{terminal(_said(count, path, why))}\n")
        shown = [hunk for hunk, why in hunks if not why]
        if shown:
            self._out.write(f"--- {patch_path(old_path)}\n+++ {patch_path(path)}\n")
        grown = 0
        for hunk in shown:
            self._out.writelines(hunk.lines(grown))
            grown += hunk.growth


def _said(count: int, path: str, why: _Why) -> str:
    changes = "1 change" if count == 1 else f"{count} changes"
    return f"{changes} of {path} left out here: {why if count == 1 else why.replace('its', 'their')}"


class _DiffText(NamedTuple):
    """The lines of a text, each with what ends it, and the numbers of those that must not be shown."""

    lines: Sequence[str] = ()
    hidden: frozenset[int] = frozenset()

    @classmethod
    def of(cls, source: Source, hidden: Sequence[Span]) -> _DiffText:
        """A text with stretches that must not be shown."""
        ends = [*source.line_starts[1:], len(source.text)]
        lines = [source.text[start:end] for start, end in zip(source.line_starts, ends, strict=True)]
        stretches = ((source.position(start).line, source.position(end).line) for start, end in hidden)
        numbers = frozenset(line for first, last in stretches for line in range(first, last + 1))
        return cls(lines if lines[-1] else lines[:-1], numbers)


class _ChangedLines(NamedTuple):
    """Lines of the old text, and those of the new one in their place."""

    old: range
    new: range

    def followed_by(self, other: _ChangedLines) -> _ChangedLines:
        """Both as one: no line stands between them."""
        return _ChangedLines(range(self.old.start, other.old.stop), range(self.new.start, other.new.stop))

    def trimmed(self, before: _DiffText, after: _DiffText) -> _ChangedLines | None:
        """The change without the lines at its ends that stay; None where all do."""
        (first, last), (start, end) = (self.old.start, self.old.stop), (self.new.start, self.new.stop)
        while first < last and start < end and before.lines[first] == after.lines[start]:
            first, start = first + 1, start + 1
        while first < last and start < end and before.lines[last - 1] == after.lines[end - 1]:
            last, end = last - 1, end - 1
        return _ChangedLines(range(first, last), range(start, end)) if first < last or start < end else None


def _changes(before: Source, after: Source, edits: Sequence[Edit]) -> Iterator[_ChangedLines]:
    """The lines that edits touch, in both texts; those that touch one line are one change."""
    shift = Shift(edits)
    made: _ChangedLines | None = None
    for edit in sorted(set(edits), key=lambda each: each.span):
        old, new = _lines(before, edit.span), _lines(after, shift.written(edit))
        if made and old.start < made.old.stop:
            old, new = range(made.old.start, old.stop), range(made.new.start, new.stop)
        elif made:
            yield made
        made = _ChangedLines(old, new)
    if made:
        yield made


def _lines(source: Source, span: Span) -> range:
    """The lines of a span, that of its end included; what follows the last line end is no line."""
    count = len(source.line_starts) - (source.line_starts[-1] == len(source.text))
    return range(source.position(span.start).line, min(source.position(span.end).line + 1, count))


def _hunks(changes: Iterable[_ChangedLines], before: _DiffText, after: _DiffText) -> Iterator[_Hunk]:
    """Changes with the lines around them; near ones are in one hunk, those side by side one change."""
    near: list[_ChangedLines] = []
    for change in changes:
        if near and change.old.start - near[-1].old.stop > 2 * _CONTEXT:
            yield _Hunk(near, before, after)
            near = []
        if near and near[-1].old.stop == change.old.start:
            near[-1] = near[-1].followed_by(change)
        else:
            near.append(change)
    if near:
        yield _Hunk(near, before, after)


class _Hunk(NamedTuple):
    changes: Sequence[_ChangedLines]
    before: _DiffText
    after: _DiffText

    @property
    def _old(self) -> range:
        first, last = self.changes[0].old.start, self.changes[-1].old.stop
        return range(max(first - _CONTEXT, 0), min(last + _CONTEXT, len(self.before.lines)))

    @property
    def _new(self) -> range:
        first, last = self.changes[0], self.changes[-1]
        above, below = first.old.start - self._old.start, self._old.stop - last.old.stop
        return range(first.new.start - above, last.new.stop + below)

    @property
    def growth(self) -> int:
        """How many lines it adds, less those that it takes away."""
        return len(self._new) - len(self._old)

    @property
    def left_out(self) -> _Why | None:
        """Why it is not printed; None where it is."""
        if not (self.before.hidden.isdisjoint(self._old) and self.after.hidden.isdisjoint(self._new)):
            return _Why.HIDDEN
        printable = all(needs_no_escape(line.removesuffix("\r\n")) for line in self._body())
        return None if printable else _Why.OBEYED

    def lines(self, grown: int) -> Iterator[str]:
        """Its head and its lines; `grown` is by how much those above it made the text longer."""
        old = self._old
        new = range(old.start + grown, old.stop + grown + self.growth)
        yield f"@@ -{_range(old)} +{_range(new)} @@\n"
        for line in self._body():
            yield from (line,) if line.endswith("\n") else (f"{line}\n", _NO_LINE_END)

    def _body(self) -> Iterator[str]:
        at = self._old.start
        for old, new in self.changes:
            yield from (f" {line}" for line in self.before.lines[at : old.start])
            yield from (f"-{line}" for line in self.before.lines[old.start : old.stop])
            yield from (f"+{line}" for line in self.after.lines[new.start : new.stop])
            at = old.stop
        yield from (f" {line}" for line in self.before.lines[at : self._old.stop])


def _range(lines: range) -> str:
    """Lines as a unified diff counts them; none are after the one before (POSIX, diff -u)."""
    if len(lines) == 1:
        return str(lines.start + 1)
    return f"{lines.start + 1 if lines else lines.start},{len(lines)}"
