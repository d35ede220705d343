"""Counting what was found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.linting.report import Report

#: Marks a finding that `--fix` mends.
FIXABLE: Final = "[*]"


class Tally:
    """How many files were linted, how much was fixed, and how many findings of each severity are left.

    `suppressed` by comments, `known` to the baseline, `gone` from it since; `fails` where a finding
    is as grave as what fails a run.
    """

    def __init__(self) -> None:
        self.files = self.fixed = 0
        self.suppressed = self.known = self.gone = 0
        self.fails = False
        self.counts: Counter[Severity] = Counter()
        #: How many of these findings the first fix of each would mend: `True` those that are surely meant.
        self.fixable: Counter[bool] = Counter()

    def add(self, report: Report) -> None:
        """Count one file."""
        self.files += 1
        self.fixed += report.fixed
        self.suppressed += len(report.suppressed)
        self.known += report.known
        self.gone += report.gone
        self.fails |= report.fails
        self.counts.update(finding.severity for finding in report.findings)
        self.fixable.update(has_safe_fix(each) for each in report.findings if each.fixes and can_fix(report))

    @property
    def sentence(self) -> str:
        """`2 errors, 1 warning in 3 files`, or `3 files, no findings`, and what is not shown, if anything."""
        files = _counted(self.files, "file")
        found = [_counted(self.counts[each], _NOUNS[each]) for each in Severity if self.counts[each]]
        fixed = f"{self.fixed} fixed; " if self.fixed else ""
        shown = f"{', '.join(found)} in {files}" if found else f"{files}, no findings"
        return fixed + "; ".join((shown, *self._hidden()))

    @property
    def fixes(self) -> str:
        """What `--fix` would mend, `[*]` for the findings that are marked; empty where it would mend nothing."""
        parts = []
        if self.fixable[True]:
            parts.append(f"{FIXABLE} {self.fixable[True]} can be fixed with `--fix`")
        if self.fixable[False]:
            more = " more" if self.fixable[True] else " can be fixed"
            parts.append(f"{self.fixable[False]}{more} with `--fix --unsafe-fixes`")
        return ", ".join(parts)

    def _hidden(self) -> Iterator[str]:
        if self.suppressed:
            yield f"{self.suppressed} suppressed"
        if self.known:
            yield f"{self.known} in the baseline"
        if self.gone:
            yield f"{self.gone} of the baseline fixed since: write it again"


def has_safe_fix(finding: Finding) -> bool:
    """Whether the first fix of a finding is surely meant."""
    return bool(finding.fixes) and finding.fixes[0].safe


def can_fix(report: Report) -> bool:
    """Whether fixes of a file may still be applied: what a run with `--fix` left would do harm."""
    return report.original is None


_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def _counted(number: int, noun: str) -> str:
    plural = "" if number == 1 or noun == "info" else "s"
    return f"{number} {noun}{plural}"
