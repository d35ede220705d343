"""Counting what was found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sidecar_lint.finding import Severity

if TYPE_CHECKING:
    from sidecar_lint.engine import Report


@dataclass(slots=True)
class Tally:
    """How many files were linted, how much was fixed, and how many findings of each severity are left."""

    files: int = 0
    fixed: int = 0
    counts: Counter[Severity] = field(default_factory=Counter)

    def add(self, report: Report) -> None:
        """Count one file."""
        self.files += 1
        self.fixed += report.fixed
        self.counts.update(finding.severity for finding in report.findings)

    def reaches(self, severity: Severity) -> bool:
        """Whether anything was found that is as grave as this."""
        return any(count and each.rank <= severity.rank for each, count in self.counts.items())

    @property
    def sentence(self) -> str:
        """`2 errors, 1 warning in 3 files`, or `3 files, no findings`; with fixes, `4 fixed, …`."""
        files = _counted(self.files, "file")
        found = [_counted(self.counts[each], _NOUNS[each]) for each in Severity if self.counts[each]]
        fixed = f"{self.fixed} fixed; " if self.fixed else ""
        return fixed + (f"{', '.join(found)} in {files}" if found else f"{files}, no findings")


_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def _counted(number: int, noun: str) -> str:
    plural = "" if number == 1 or noun == "info" else "s"
    return f"{number} {noun}{plural}"
