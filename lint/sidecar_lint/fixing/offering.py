"""Which fixes of a file can be offered, one by one: those that do no harm, with what they bring to light."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.fixing.applying import apply_edits, together
from sidecar_lint.fixing.judging import Verdict, judge
from sidecar_lint.fixing.rounds import Draft, LintRun, Trial, change_all
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sidecar_lint.finding import Finding, Fix
    from sidecar_lint.linting.report import Report
    from sidecar_lint.workspace.files import Files

#: So many are tried one by one; more are tried at once.
_FEW: Final = 3


class Offer(NamedTuple):
    """A fix that can be offered, and the errors and warnings that were there before and are found after it."""

    fix: Fix
    uncovers: tuple[Finding, ...] = ()

    @property
    def title(self) -> str:
        """What it does, and what comes to light."""
        codes = ", ".join(dict.fromkeys(finding.code for finding in self.uncovers))
        return f"{self.fix.title} (brings {codes} to light)" if codes else self.fix.title

    @property
    def is_safe(self) -> bool:
        """Whether it is surely meant, and nothing else is seen because of it."""
        return self.fix.safe and not self.uncovers


class Offers:
    """The fixes of a file as it is now. Each is tried when it is first asked for."""

    def __init__(self, run: LintRun, files: Files | None = None) -> None:
        self.run = run
        self._files = files
        self._known: dict[Fix, Offer | None] = {}

    def of(self, fixes: Sequence[Fix]) -> list[Offer]:
        """Those of some fixes that can be offered. Of very many, what is not known in time is not."""
        draft = _Offered(self.run, [fix for fix in dict.fromkeys(fixes) if fix not in self._known])
        change_all([draft], self._files)
        self._known |= draft.known
        return [offer for fix in fixes if (offer := self._known.get(fix))]


def offered(runs: Iterable[LintRun], files: Files | None) -> list[Report]:
    """The reports of files with the fixes that can be offered, and no others."""
    drafts = [_Offered(run, [fix for each in run.report.findings for fix in each.fixes]) for run in runs]
    change_all(drafts, files)
    return [_with(draft.run.report, draft.known) for draft in drafts]


def _with(report: Report, known: Mapping[Fix, Offer | None]) -> Report:
    return report._replace(findings=tuple(_weighed(each, known) for each in report.findings))


def _weighed(finding: Finding, known: Mapping[Fix, Offer | None]) -> Finding:
    offers = (known.get(fix) for fix in finding.fixes)
    fixes = (each.fix._replace(title=each.title, safe=each.is_safe) for each in offers if each)
    return finding._replace(fixes=tuple(fixes)) if finding.fixes else finding


class _Offered(Draft):
    """A file of which fixes are tried, and undone again."""

    def __init__(self, run: LintRun, fixes: Sequence[Fix]) -> None:
        super().__init__(run)
        self.known: dict[Fix, Offer | None] = {}
        self._suspected: frozenset[Fix] = frozenset()
        unique = list(dict.fromkeys(fixes))
        self._waiting = [[fix] for fix in unique] if len(unique) <= _FEW else [unique]

    def trial(self) -> Trial | None:
        """The file with the next batch."""
        while self._waiting:
            fixes = self._waiting.pop()
            batch = dict.fromkeys(together(fixes))
            self._wait([fix for fix in fixes if fix not in batch])
            if trial := _trial(self, batch):
                return trial
            self.known.update(dict.fromkeys(batch))  # they change nothing
        return None

    def take(self, trial: Trial, after: Report) -> bool:
        """Note what is known of a batch; of one that does harm try the rest, or one half after the other."""
        verdict = judge(self.report, after, trial.fixes, unsafe=True)
        if not verdict.harm:
            uncovered = verdict.uncovered
            self.known.update({fix: Offer(fix, tuple(uncovered.get(fix, ()))) for fix in trial.fixes})
            return False
        guilty, fixes = verdict.guilty, trial.fixes
        sure = guilty & self._suspected if len(fixes) > 1 else frozenset(fixes)
        self.known.update(dict.fromkeys(sure))
        self._suspected |= guilty  # where a finding stands is no proof: they are tried once more
        self._wait([fix for fix in fixes if fix in guilty and fix not in sure])
        left = [fix for fix in fixes if fix not in guilty and fix not in sure]
        half = 0 if guilty else len(left) // 2
        self._wait(left[half:])
        self._wait(left[:half])
        return False

    def _wait(self, fixes: list[Fix]) -> None:
        self._waiting += [fixes] if fixes else []


def _trial(draft: Draft, fixes: Iterable[Fix]) -> Trial | None:
    """A file with some fixes; None where they change nothing."""
    source = draft.report.source
    edits = tuple(dict.fromkeys(edit for fix in fixes for edit in fix.edits))
    made = tuple(dict.fromkeys(file for fix in fixes for file in fix.new_files))
    text = apply_edits(source.text, edits)
    if text == source.text and not made:
        return None
    return Trial(draft, source._replace(text=text), edits, made, tuple(fixes))


def try_fix(run: LintRun, fix: Fix, files: Files | None) -> Verdict:
    """What comes of a fix, were it asked for."""
    before = run.report
    source = before.source._replace(text=apply_edits(before.source.text, fix.edits))
    made = (Source(file.path, file.text) for file in fix.new_files)
    after = run.again(source, files.having(source, *made) if files else None)
    return judge(before, after, [fix], unsafe=True)
