"""Where the reports of a run go: one place, or several at once."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Protocol

from sidecar_lint.report.color import Color
from sidecar_lint.report.counts import Tally
from sidecar_lint.report.formats import report_in
from sidecar_lint.report.output import ReportTarget, writing
from sidecar_lint.report.stderr import complain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidecar_lint.linting.report import PathProblem, Report
    from sidecar_lint.rulebook.rule import Rule


class Reporter(Protocol):
    """Where reports go."""

    def add(self, report: Report) -> None:
        """Take the report of one file."""

    def problem(self, problem: PathProblem) -> None:
        """Take what could not be done."""

    def finish(self) -> None:
        """There is nothing more to come."""


class Reports:
    """Passes everything on to several reports, counts it, and says on standard error what went wrong."""

    def __init__(self, reports: Sequence[Reporter]) -> None:
        self.tally = Tally()
        self._reports = reports

    def add(self, report: Report) -> None:
        """Pass the report of one file on."""
        self.tally.add(report)
        for each in self._reports:
            each.add(report)

    def problem(self, problem: PathProblem) -> None:
        """Say what could not be done, and pass it on."""
        complain(problem.message, problem.file)
        for each in self._reports:
            each.problem(problem)

    def finish(self) -> None:
        """Let each come to its end."""
        for each in self._reports:
            each.finish()


@contextmanager
def reports(
    printed: Reporter, targets: Sequence[ReportTarget], rules: Sequence[Rule], *, quiet: bool
) -> Iterator[Reports]:
    """The report that is printed, and those for which there are files when the block has ended.

    Raises CannotWrite.
    """
    made = [printed]
    with ExitStack() as files:
        for wanted in targets:
            out = files.enter_context(writing(wanted.path))
            made.append(report_in(wanted.format, out, quiet=quiet, rules=rules, color=Color.NEVER))
        yield Reports(made)
