"""What fixes would change, for people and for `patch`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sidecar_lint.report.tally import Tally
from sidecar_lint.rewriting import diff
from sidecar_lint.stderr import complain

if TYPE_CHECKING:
    from sidecar_lint.discovery import Problem
    from sidecar_lint.engine import Report


class DiffReport:
    """Prints a unified diff of each file that fixes change, and no findings."""

    def __init__(self, out: TextIO) -> None:
        self.tally = Tally()
        self._out = out

    def add(self, report: Report) -> None:
        """Print the difference that the fixes of one file make."""
        self.tally.add(report)
        self._out.write(diff(report))

    def problem(self, problem: Problem) -> None:
        """Say on standard error what could not be read."""
        complain(problem.message, problem.file)

    def finish(self) -> None:
        """There is no summary: the output is a patch."""
