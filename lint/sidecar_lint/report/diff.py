"""What fixes would change, for people and for `patch`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from sidecar_lint.escaping import needs_no_escape, patch_path, terminal
from sidecar_lint.finding import Span
from sidecar_lint.report.stream import StreamReport
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from sidecar_lint.linting.engine import Report

#: How many lines are shown around a change.
_CONTEXT: Final = 3
_NO_LINE_END: Final = "\\ No newline at end of file\n"

#: A stretch of two texts, as difflib has it: what to do, and the lines of the one and of the other.
_Opcode = tuple[str, int, int, int, int]


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
        before = _Text.of(report.original or report.source, report.originally_hidden)
        after = _Text.of(report.source, report.hidden)
        path = report.path
        self._file(path, path, before, after)
        for file in report.new_files:
            self._file("/dev/null", file.path, _Text(), _Text.of(Source(file.path, file.text), ()))

    def _file(self, old_path: str, path: str, before: _Text, after: _Text) -> None:
        hunks = [(hunk, hunk.left_out) for hunk in _hunks(before, after)]
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


class _Text(NamedTuple):
    """The lines of a text, each with what ends it, and the numbers of those that must not be shown."""

    lines: Sequence[str] = ()
    hidden: frozenset[int] = frozenset()

    @classmethod
    def of(cls, source: Source, hidden: Sequence[Span]) -> _Text:
        """A text with stretches that must not be shown."""
        ends = [*source.line_starts[1:], len(source.text)]
        lines = [source.text[start:end] for start, end in zip(source.line_starts, ends, strict=True)]
        stretches = ((source.position(start).line, source.position(end).line) for start, end in hidden)
        numbers = frozenset(line for first, last in stretches for line in range(first, last + 1))
        return cls(lines if lines[-1] else lines[:-1], numbers)


def _hunks(before: _Text, after: _Text) -> Iterator[_Hunk]:
    """The places where two texts differ, each with some lines around."""
    matcher = SequenceMatcher(None, before.lines, after.lines)
    return (_Hunk(opcodes, before, after) for opcodes in matcher.get_grouped_opcodes(_CONTEXT))


class _Hunk(NamedTuple):
    opcodes: Sequence[_Opcode]
    before: _Text
    after: _Text

    @property
    def _old(self) -> range:
        return range(self.opcodes[0][1], self.opcodes[-1][2])

    @property
    def _new(self) -> range:
        return range(self.opcodes[0][3], self.opcodes[-1][4])

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
        for tag, first, last, start, end in self.opcodes:
            if tag == "equal":
                yield from (f" {line}" for line in self.before.lines[first:last])
            else:
                yield from (f"-{line}" for line in self.before.lines[first:last])
                yield from (f"+{line}" for line in self.after.lines[start:end])


def _range(lines: range) -> str:
    """Lines as a unified diff counts them; none are after the one before (POSIX, diff -u)."""
    if len(lines) == 1:
        return str(lines.start + 1)
    return f"{lines.start + 1 if lines else lines.start},{len(lines)}"
