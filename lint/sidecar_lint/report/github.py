"""Findings as workflow commands of GitHub Actions, which become annotations, and a job summary.

GitHub shows ten annotations of a severity a step and drops the others without a word: the first
ten are printed, the rest is counted, and the summary has them all.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from sidecar_lint.escaping import workflow_data, workflow_property
from sidecar_lint.finding import Finding, Severity
from sidecar_lint.report.notes import paragraph
from sidecar_lint.report.place import visible_place
from sidecar_lint.report.repository import repository_path
from sidecar_lint.report.stderr import complain
from sidecar_lint.report.stream import StreamReport
from sidecar_lint.report.summary import Summary

if TYPE_CHECKING:
    from sidecar_lint.linting.report import PathProblem, Report

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
#: Annotations of a severity that GitHub takes from a step.
LIMIT: Final = 10


class GithubReport(StreamReport):
    """Prints annotations once all is linted, the gravest first; writes the job summary where there is one."""

    def _begin(self) -> None:
        path = os.environ.get("GITHUB_STEP_SUMMARY")
        self._summary = Summary(path) if path else None
        self._first: dict[Severity, list[str]] = {severity: [] for severity in Severity}
        self._left = 0

    def _write(self, report: Report) -> None:
        for finding in self._shown(report):
            self._annotate(finding.severity, _annotation(finding, report))
            if self._summary:
                self._summary.add(finding, report)

    def problem(self, problem: PathProblem) -> None:
        where = {"file": repository_path(problem.file)} if problem.file else {}
        self._annotate(Severity.ERROR, command("error", problem.message, **where, title="sidecar-lint"))
        if self._summary:
            self._summary.problem(problem)

    def finish(self) -> None:
        for commands in self._first.values():
            self._out.writelines(f"{each}\n" for each in commands)
        if self._left:
            where = "the job summary has them" if self._summary else "`--format concise` prints them"
            self._out.write(
                f"{self._left} more without an annotation, as GitHub shows {LIMIT} of a kind: {where}\n"
            )
        if self._summary:
            self._write_summary(self._summary)
        if not self._quiet and self.tally.files:
            self._out.write(f"{self.tally.sentence}\n")

    def _annotate(self, severity: Severity, annotation: str) -> None:
        if len(self._first[severity]) < LIMIT:
            self._first[severity].append(annotation)
        else:
            self._left += 1

    def _write_summary(self, summary: Summary) -> None:
        try:
            summary.write(self.tally.sentence)
        except OSError as error:
            complain(f"cannot write the job summary: {error.strerror or error}", summary.path)


def _annotation(finding: Finding, report: Report) -> str:
    at = visible_place(finding.span, report.source)
    # Columns of different lines make GitHub ignore them all.
    columns = {"col": at.column, "endColumn": at.end_column} if at.line == at.end_line else {}
    return command(
        _COMMANDS[finding.severity],
        paragraph(finding, report.environments),
        file=repository_path(report.path),
        line=at.line,
        endLine=at.end_line,
        **columns,
        title=f"{finding.code} {finding.name}",
    )


def command(name: str, message: str, /, **properties: str | int) -> str:
    """A workflow command, escaped as GitHub's runner reads it."""
    values = ",".join(f"{key}={workflow_property(str(value))}" for key, value in properties.items())
    return f"::{name} {values}::{workflow_data(message)}"
