"""Findings for a baseline: they are written to it, and reported to nobody."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sidecar_lint.baseline import Baseline, Rewriting
from sidecar_lint.configuration.locating import is_configuration
from sidecar_lint.report.tally import Tally
from sidecar_lint.stderr import complain

if TYPE_CHECKING:
    from sidecar_lint.discovery import Problem
    from sidecar_lint.engine import Report


class BaselineReport:
    """Writes a baseline when all is linted; what `old` has of other files and rules stays in it."""

    def __init__(self, old: Baseline) -> None:
        self.tally = Tally()
        self._old = old
        self._rewriting = Rewriting(old)

    def add(self, report: Report) -> None:
        """Take the findings of one file; mistakes of a configuration are nothing to get used to."""
        self.tally.add(report)
        if not is_configuration(report.path):
            self._rewriting.add(report)

    def problem(self, problem: Problem) -> None:
        """Say on standard error what could not be read."""
        complain(problem.message, problem.file)

    def finish(self) -> None:
        """Write the file, and say so."""
        new = self._rewriting.result()
        Path(new.path).write_text(new.text, "utf-8", newline="\n")
        counted = f"{len(new)} finding{'' if len(new) == 1 else 's'}"
        before = f", {len(self._old)} before" if len(self._old) else ""
        sys.stdout.write(f"{counted} in {new.path}{before}\n")
