"""Which fixes of a file can be offered, one by one: those that do no harm, with what they bring to light."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sidecar_lint.finding import Finding, Fix
from sidecar_lint.fixing.applying import apply, together
from sidecar_lint.fixing.judging import Verdict, judge
from sidecar_lint.fixing.rounds import LintRun
from sidecar_lint.syntax.source import Source
from sidecar_lint.workspace.files import Files

#: So many are tried one by one; more are tried at once.
_FEW: Final = 3
#: How often a file is linted at most to find out which of many do harm. What is not known by then is not offered.
_TRIES: Final = 24


class Offer(NamedTuple):
    """A fix that can be offered, and the errors and warnings that were there before and are found after it."""

    fix: Fix
    uncovers: tuple[Finding, ...] = ()


class Offers:
    """The fixes of a file as it is now. Each is tried when it is first asked for."""

    def __init__(self, run: LintRun, files: Files | None = None) -> None:
        self.run = run
        self._files = files
        self._known: dict[Fix, Offer | None] = {}

    def of(self, fixes: Sequence[Fix]) -> list[Offer]:
        """Those of some fixes that can be offered."""
        unknown = [fix for fix in dict.fromkeys(fixes) if fix not in self._known]
        self._find_out([[fix] for fix in unknown] if len(unknown) <= _FEW else [unknown])
        return [offer for fix in fixes if (offer := self._known.get(fix))]

    def _find_out(self, waiting: list[list[Fix]]) -> None:
        """Try fixes in batches; of one that does harm the guilty, or else one half after the other."""
        for _ in range(_TRIES):
            if not waiting:
                return
            fixes = waiting.pop()
            batch = together(fixes)
            verdict = try_fixes(self.run, batch, self._files)
            left = self._noted(batch, verdict)
            rest = [fix for fix in fixes if fix not in batch]
            half = len(left) // 2 if left and len(left) == len(batch) else 0
            waiting += [each for each in (rest, left[half:], left[:half]) if each]

    def _noted(self, batch: list[Fix], verdict: Verdict) -> list[Fix]:
        """Note what is known of a batch now; those of which nothing is."""
        if not verdict.harm:
            self._known.update({fix: Offer(fix, verdict.uncovered_by(fix)) for fix in batch})
            return []
        guilty = verdict.guilty or (batch if len(batch) == 1 else ())
        self._known.update(dict.fromkeys(guilty))
        return [fix for fix in batch if fix not in guilty]


def try_fixes(run: LintRun, fixes: Sequence[Fix], files: Files | None) -> Verdict:
    """What comes of applying some fixes at once, were they asked for; to change nothing is harm, too."""
    before = run.report
    source = replace(before.source, text=apply(before.source.text, fixes))
    made = [Source(file.path, file.text) for fix in fixes for file in fix.new_files]
    if source.text == before.source.text and not made:
        return Verdict(harm=True)
    around = files.having(source, *made) if files else None
    return judge(before, run.again(source, around), fixes, unsafe=True)
