"""Findings as Checkstyle writes them: for Jenkins, and whatever else reads that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.report.notes import paragraph
from sidecar_lint.report.place import place
from sidecar_lint.report.stream import StreamReport
from sidecar_lint.report.xml import HEAD, element, opening

if TYPE_CHECKING:
    from sidecar_lint.finding import Finding
    from sidecar_lint.linting.report import PathProblem, Report


class CheckstyleReport(StreamReport):
    """Writes a `file` for each that has findings, with an `error` for each of them."""

    def _begin(self) -> None:
        self._out.write(f'{HEAD}<checkstyle version="4.3">\n')

    def _write(self, report: Report) -> None:
        self._file(report.path, [_error(finding, report) for finding in report.findings])

    def problem(self, problem: PathProblem) -> None:
        error = element("error", line=1, severity="error", message=problem.message, source="sidecar-lint")
        self._file(problem.file or "", [error])

    def finish(self) -> None:
        self._out.write("</checkstyle>\n")

    def _file(self, path: str, errors: list[str]) -> None:
        if errors:
            self._out.writelines(f"{line}\n" for line in (opening("file", name=path), *errors, "</file>"))


def _error(finding: Finding, report: Report) -> str:
    at = place(finding.span, report.source)
    return element(
        "error",
        line=at.line,
        column=at.column,
        severity=finding.severity.value,
        message=paragraph(finding, report.environments),
        source=f"sidecar-lint.{finding.code}",
    )
