"""What fixes would change, for people and for `patch`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from io import StringIO
from typing import TYPE_CHECKING, Final, NamedTuple

from sidecar_lint.escaping import needs_no_escape, patch_path, terminal
from sidecar_lint.report.stream import StreamReport

if TYPE_CHECKING:
    from sidecar_lint.linting.engine import Report

#: How many lines are shown around a change.
_CONTEXT: Final = 3
_NO_LINE_END: Final = "\\ No newline at end of file\n"

#: A stretch of two texts, as difflib has it: what to do, and the lines of the one and of the other.
_Opcode = tuple[str, int, int, int, int]


class DiffReport(StreamReport):
    """Prints a unified diff of each file that fixes change, and no findings: the output is a patch.

    A patch has no way to spell a character: a hunk that a terminal, or the service that reads the
    log, would obey is left out, and what is left out is said before the head of its file.
    """

    def _write(self, report: Report) -> None:
        before = report.original or report.source
        self._file(_Change(before.path, before.path, before.text, report.source.text))
        for file in report.new_files:
            self._file(_Change("/dev/null", file.path, "", file.text))

    def _file(self, change: _Change) -> None:
        hunks = list(change.hunks())
        shown = [hunk for hunk in hunks if hunk.can_be_printed]
        left = len(hunks) - len(shown)
        if left:
            self._out.write(terminal(_left_out(left, change.path)) + "\n")
        if shown:
            self._out.write(f"--- {patch_path(change.old_path)}\n+++ {patch_path(change.path)}\n")
        grown = 0
        for hunk in shown:
            self._out.writelines(hunk.lines(grown))
            grown += hunk.growth


def _left_out(count: int, path: str) -> str:
    changes = "1 change" if count == 1 else f"{count} changes"
    return f"{changes} of {path} left out here, with characters that a terminal or a log obeys"


class _Change(NamedTuple):
    """One file before and after."""

    old_path: str
    path: str
    before: str
    after: str

    def hunks(self) -> Iterator[_Hunk]:
        """The places where both differ, each with some lines around."""
        old, new = (list(StringIO(text, newline="")) for text in (self.before, self.after))
        for opcodes in SequenceMatcher(None, old, new).get_grouped_opcodes(_CONTEXT):
            yield _Hunk(opcodes, old, new)


class _Hunk(NamedTuple):
    opcodes: Sequence[_Opcode]
    old: Sequence[str]
    new: Sequence[str]

    @property
    def growth(self) -> int:
        """How many lines it adds, less those that it takes away."""
        (_, first, _, start, _), (_, _, last, _, end) = self.opcodes[0], self.opcodes[-1]
        return (end - start) - (last - first)

    @property
    def can_be_printed(self) -> bool:
        return all(needs_no_escape(line.removesuffix("\r\n")) for line in self._body())

    def lines(self, grown: int) -> Iterator[str]:
        """Its head and its lines; `grown` is by how much those above it made the text longer."""
        (_, first, _, _, _), (_, _, last, _, _) = self.opcodes[0], self.opcodes[-1]
        start, end = first + grown, last + grown + self.growth
        yield f"@@ -{_range(first, last)} +{_range(start, end)} @@\n"
        for line in self._body():
            yield from (line,) if line.endswith("\n") else (f"{line}\n", _NO_LINE_END)

    def _body(self) -> Iterator[str]:
        for tag, first, last, start, end in self.opcodes:
            if tag == "equal":
                yield from (f" {line}" for line in self.old[first:last])
            else:
                yield from (f"-{line}" for line in self.old[first:last])
                yield from (f"+{line}" for line in self.new[start:end])


def _range(start: int, end: int) -> str:
    """Lines as a unified diff counts them; none are after the one before (POSIX, diff -u)."""
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"
