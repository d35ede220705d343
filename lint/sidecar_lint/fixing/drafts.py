"""A file that is put right: batches of fixes, tried until none is left that does no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.fixing.applying import Shift, apply_edits, first_fixes, together
from sidecar_lint.fixing.judging import judge
from sidecar_lint.fixing.rounds import Draft, LintRun, Trial

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidecar_lint.finding import Finding, Fix
    from sidecar_lint.linting.report import Report
    from sidecar_lint.syntax.span import Span


class FixedDraft(Draft):
    """A file to which every fix is applied that is safe, or with `unsafe` every fix there is.

    All that can be are tried at once. Where that does harm, the guilty are left out; where these are not
    known, half of the fixes is tried, and so on.
    """

    def __init__(self, run: LintRun, *, unsafe: bool) -> None:
        super().__init__(run)
        self._unsafe = unsafe
        self._suspected: frozenset[Fix] = frozenset()
        self._refused: frozenset[Fix] = frozenset()
        self._batch: tuple[Fix, ...] = ()
        self._texts = {run.report.source.text}

    def trial(self) -> Trial | None:
        """The file with as many fixes as possible; None where none is left, or they go round in circles."""
        fixes = self._batch or tuple(self._candidates())
        source, new_files = self.report.source, self.report.new_files
        edits = tuple(dict.fromkeys(edit for fix in fixes for edit in fix.edits))
        text = apply_edits(source.text, edits)
        made = tuple(dict.fromkeys((*new_files, *(file for fix in fixes for file in fix.new_files))))
        if text in self._texts and made == new_files:
            return None
        return Trial(self, source._replace(text=text), edits, made, fixes)

    def _candidates(self) -> list[Fix]:
        wanted = first_fixes(self.report.findings, unsafe=self._unsafe)
        return together(fix for fix in wanted if fix not in self._refused)

    def take(self, trial: Trial, after: Report) -> bool:
        """Keep what does no harm."""
        verdict = judge(self.report, after, trial.fixes, unsafe=self._unsafe)
        if verdict.harm:
            self._leave_out(trial.fixes, verdict.guilty)
            return False
        shift = Shift(trial.edits)
        self._refused = frozenset(_moved(fix, shift) for fix in self._refused)
        self._suspected = frozenset(_moved(fix, shift) for fix in self._suspected)
        self._batch = ()
        self._texts.add(trial.source.text)
        uncovered = [_at(each, shift) for each in self.report.uncovered]
        uncovered += [finding for findings in verdict.uncovered.values() for finding in findings]
        self.keep(trial, after)
        self.report = self.report._replace(uncovered=_still(uncovered, after))
        return True

    def _leave_out(self, fixes: tuple[Fix, ...], guilty: frozenset[Fix]) -> None:
        """Try the others first. Where a finding stands is no proof: who is found guilty twice is left out."""
        self._refused |= guilty & self._suspected if len(fixes) > 1 else frozenset(fixes)
        self._suspected |= guilty
        rest = tuple(fix for fix in fixes if fix not in guilty)
        self._batch = rest if guilty else rest[: len(rest) // 2]


def _moved(fix: Fix, shift: Shift) -> Fix:
    return fix._replace(edits=tuple(map(shift.edit, fix.edits)))


def _at(finding: Finding, shift: Shift) -> Finding:
    return finding._replace(span=shift.span(finding.span))


def _still(uncovered: Iterable[Finding], after: Report) -> tuple[Finding, ...]:
    """What was brought to light and is still reported."""
    known: set[tuple[str, Span]] = {(each.code, each.span) for each in uncovered}
    return tuple(each for each in after.findings if (each.code, each.span) in known)
