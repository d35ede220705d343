"""What every report that is written to a stream has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sidecar_lint.finding import Finding, Severity
from sidecar_lint.report.color import Color
from sidecar_lint.report.counts import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidecar_lint.linting.report import PathProblem, Report
    from sidecar_lint.rulebook.rule import Rule


class StreamReport:
    """A report in the making: files are added as they are linted, and `finish` completes it.

    `rules` are those of the run, for formats that describe them. `quiet` leaves out what is only
    information, in formats for people, unless that fails the run. `color` says when text for people has colours.
    """

    def __init__(
        self,
        out: TextIO,
        *,
        quiet: bool = False,
        rules: Sequence[Rule] = (),
        color: Color = Color.AUTO,
    ) -> None:
        self.tally = Tally()
        self._out = out
        self._quiet = quiet
        self._rules = rules
        self._color = color
        self._problems: list[PathProblem] = []
        self._begin()

    def add(self, report: Report) -> None:
        """Take the report of one file."""
        self.tally.add(report)
        if report.hidden:
            from sidecar_lint.linting.masking import told

            report = told(report)
        self._write(report)

    def problem(self, problem: PathProblem) -> None:
        """Take what could not be done; standard error has it already."""
        self._problems.append(problem)

    def finish(self) -> None:
        """Write what comes after the last file."""

    def _begin(self) -> None:
        """Write what comes before the first file."""

    def _write(self, report: Report) -> None:
        """Write what there is to say of one file."""

    def _shown(self, report: Report) -> Iterator[Finding]:
        """The findings to show to people: of a quiet report no information, unless it fails the run."""
        is_short = self._quiet and report.fail_on is not Severity.INFO
        return (each for each in report.findings if not (is_short and each.severity is Severity.INFO))
