"""Writing suppressions: a comment for every finding that there is, and nothing else changed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import Edit, Finding
from sidecar_lint.fixing.applying import Shift, apply_edits
from sidecar_lint.fixing.rounds import Draft, LintRun, Trial, change_all
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rulebook.rule import Rule
from sidecar_lint.suppressions.suppression import Suppression, read_suppressions
from sidecar_lint.syntax.comments import WORD
from sidecar_lint.syntax.grammar import scalars
from sidecar_lint.syntax.outline import Outline
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sidecar_lint.linting.report import Report
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.workspace.files import Files

#: Blocks, and what is no YAML.
_OPEN_ENDED: Final = ("|", ">", "?")


class _Spot(NamedTuple):
    """A place for a comment: what goes before and after its text.

    `whole_file` where it is about all of the file.
    """

    at: int
    before: str = ""
    after: str = ""
    whole_file: bool = False


def add_suppressions(
    runs: Iterable[LintRun], files: Files | None = None, *, reason: str = ""
) -> list[Report]:
    """Suppress every finding of some files; nothing is written.

    The reports are about the texts with the comments. What is found about suppressions themselves is left,
    and so is what no comment takes away: all of a file that could not be read.
    """
    return change_all([CommentedDraft(each, reason) for each in runs], files)


class CommentedDraft(Draft):
    """A file that gets a comment for each finding. One that does no good is taken back.

    What follows from a finding is told once that is suppressed, so it gets one, too.
    """

    def __init__(self, run: LintRun, reason: str) -> None:
        super().__init__(run)
        self._reason = reason
        self._quiet = frozenset(rule.code for rule in run.rules if _is_about_comments(rule))
        self._in_vain: frozenset[_Place] = frozenset()

    def trial(self) -> Trial | None:
        """The file with comments for what can be suppressed."""
        source = self.report.source
        wanted = [each for each in self.report.with_consequences if each.code not in self._quiet]
        wanted = [each for each in wanted if _place(each) not in self._in_vain]
        edits = Comments(source).edits(wanted, self._reason) if wanted else ()
        if not edits:
            return None
        return Trial(self, source._replace(text=apply_edits(source.text, edits)), edits=edits)

    def take(self, trial: Trial, after: Report) -> bool:
        """Keep the comments if each takes a finding away."""
        shift = Shift(trial.edits)
        left = {_place(finding) for finding in after.with_consequences}
        moved = {
            _place(each._replace(span=shift.span(each.span))): _place(each)
            for each in self.report.with_consequences
        }
        unread = read(after.source).unread
        vain = frozenset(
            old for new, old in moved.items() if old[0] not in self._quiet and (unread or new in left)
        )
        if vain - self._in_vain:
            self._in_vain |= vain
            return False
        self._in_vain = frozenset(new for new, old in moved.items() if old in self._in_vain)
        self.keep(trial, after)
        return True


_Place = tuple[str, Span]


def _place(finding: Finding) -> _Place:
    return finding.code, finding.span


def _is_about_comments(rule: Rule) -> bool:
    return type(rule).check_suppressions is not Rule.check_suppressions


class Comments:
    """Comments that can be written into a file, and where."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._outline = Outline(source)
        self._scalars = list(scalars(source.text))
        self._starts = [span.start for span, _ in self._scalars]
        self._written = sorted(read_suppressions(source, ()), key=lambda each: each.span)
        self._ends = [each.span.end for each in self._written]

    def edits(
        self, findings: Iterable[Finding], reason: str, *, whole_file: bool = False
    ) -> tuple[Edit, ...]:
        """What writes a comment for each finding: where it is, or for the whole file.

        Nothing does in a file that could not be read: all of it is unknown, and that must not be silent.
        """
        if not self._source.writable or self._outline.tree.unread:
            return ()
        spots: dict[_Spot, set[str]] = defaultdict(set)
        for finding in findings:
            spots[self._top() if whole_file else self._spot(finding)].add(finding.code)
        reason = " ".join(reason.split())
        return tuple(self._edit(spot, sorted(codes), reason) for spot, codes in spots.items())

    def _spot(self, finding: Finding) -> _Spot:
        line = self._source.position(finding.span.start).line
        end = self._source.line_starts[line] + len(self._source.line(line))
        if self._is_free(end) and self._has_content(line):
            return _Spot(end, before=" " if self._source.text[:end][-1:].isspace() else "  ")
        return next(self._lines_above(finding), None) or self._top()

    def _lines_above(self, finding: Finding) -> Iterator[_Spot]:
        """The place above the innermost entry that begins a line of its own."""
        for entry in self._outline.holding(finding.span.start):
            line = self._source.position(entry.span.start).line
            start = self._source.line_starts[line]
            before = self._source.text[start : entry.span.start]
            if not before.strip(" -") and "\t" not in before and self._is_free(start):
                indent = before[: len(before) - len(before.lstrip(" "))]
                yield _Spot(start, indent, self._ending(line))

    def _top(self) -> _Spot:
        return _Spot(0, "", self._ending(0), whole_file=True)

    def _ending(self, line: int) -> str:
        """What ends a line; as the first one does, where it is the last."""
        starts, text = self._source.line_starts, self._source.text
        for each in (line, 0):
            if each + 1 < len(starts):
                return text[starts[each] + len(self._source.line(each)) : starts[each + 1]]
        return "\n"

    def _is_free(self, at: int) -> bool:
        """Whether no scalar goes on across a place; the end of a block is no place for a comment either."""
        before = bisect_left(self._starts, at) - 1
        if before < 0:
            return True
        span, style = self._scalars[before]
        return not (at < span.end or (at == span.end and style in _OPEN_ENDED))

    def _has_content(self, line: int) -> bool:
        written = self._source.line(line).strip()
        return bool(written) and not written.startswith(("#", "%"))

    def _edit(self, spot: _Spot, codes: Sequence[str], reason: str) -> Edit:
        old = self._already(spot, reason)
        if old is not None:
            words = dict.fromkeys((*(word.text for word in old.words), *codes))
            return Edit(old.inside, ", ".join(words))
        verb = "ignore-file" if spot.whole_file else "ignore"
        comment = f"# {WORD} {verb}[{', '.join(codes)}] {reason}".rstrip()
        return Edit(Span(spot.at, spot.at), f"{spot.before}{comment}{spot.after}")

    def _already(self, spot: _Spot, reason: str) -> Suppression | None:
        """The suppression for the same reason that ends a line already, to which codes can be added."""
        before = bisect_right(self._ends, spot.at) - 1
        if spot.after or before < 0:
            return None
        last = self._written[before]
        is_same = bool(last.words) and last.instruction.reason == reason and not last.instruction.until
        ends_there = not self._source.text[last.span.end : spot.at].strip(" \t")
        return last if is_same and ends_there else None
