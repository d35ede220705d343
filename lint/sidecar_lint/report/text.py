"""Findings for people. What draws them, and rich with it, is loaded with the first finding."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from sidecar_lint.address import PROJECT_ADDRESS
from sidecar_lint.finding import Severity
from sidecar_lint.report.tally import Tally
from sidecar_lint.stderr import complain

if TYPE_CHECKING:
    from sidecar_lint.discovery import Problem
    from sidecar_lint.engine import Report
    from sidecar_lint.report.drawing import Drawing


class TextReport:
    """Prints each file's findings as they come, and at the end how many there were.

    `quiet` leaves out the end, and whatever is only information.
    """

    def __init__(self, out: TextIO, *, quiet: bool = False) -> None:
        self.tally = Tally()
        self._out = out
        self._quiet = quiet

    @cached_property
    def _drawing(self) -> Drawing:
        from sidecar_lint.report.drawing import Drawing

        return Drawing(self._out)

    def add(self, report: Report) -> None:
        """Print the findings of one file."""
        self.tally.add(report)
        for finding in report.findings:
            if not (self._quiet and finding.severity is Severity.INFO):
                self._drawing.print(finding, report)

    def problem(self, problem: Problem) -> None:
        """Say on standard error what could not be read."""
        complain(problem.message, problem.file)

    def finish(self) -> None:
        """Print the summary."""
        if self._quiet or not self.tally.files:
            return
        more = "" if PROJECT_ADDRESS or not self.tally.counts.total() else _MORE
        self._out.write(f"{self.tally.sentence}{more}\n")


_MORE = " (`sidecar-lint rule CODE` tells more)"
