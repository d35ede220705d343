"""Counting what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sidecar_lint.finding import Severity

if TYPE_CHECKING:
    from sidecar_lint.linting.report import Report


@dataclass(slots=True)
class Tally:
    """How many files were linted, how much was fixed, and how many findings of each severity are left.

    `suppressed` by comments, `known` to the baseline, `gone` from it since; `fails` where a finding
    is as grave as what fails a run.
    """

    files: int = 0
    fixed: int = 0
    suppressed: int = 0
    known: int = 0
    gone: int = 0
    fails: bool = False
    counts: Counter[Severity] = field(default_factory=Counter)

    def add(self, report: Report) -> None:
        """Count one file."""
        self.files += 1
        self.fixed += report.fixed
        self.suppressed += len(report.suppressed)
        self.known += report.known
        self.gone += report.gone
        self.fails |= report.fails
        self.counts.update(finding.severity for finding in report.findings)

    @property
    def sentence(self) -> str:
        """`2 errors, 1 warning in 3 files`, or `3 files, no findings`, and what is not shown, if anything."""
        files = _counted(self.files, "file")
        found = [_counted(self.counts[each], _NOUNS[each]) for each in Severity if self.counts[each]]
        fixed = f"{self.fixed} fixed; " if self.fixed else ""
        shown = f"{', '.join(found)} in {files}" if found else f"{files}, no findings"
        return fixed + "; ".join((shown, *self._hidden()))

    def _hidden(self) -> Iterator[str]:
        if self.suppressed:
            yield f"{self.suppressed} suppressed"
        if self.known:
            yield f"{self.known} in the baseline"
        if self.gone:
            yield f"{self.gone} of the baseline fixed since: write it again"


_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def _counted(number: int, noun: str) -> str:
    plural = "" if number == 1 or noun == "info" else "s"
    return f"{number} {noun}{plural}"
