"""Findings as the results of tests: a suite a file, a test case a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.finding import Finding, Severity
from sidecar_lint.report.notes import paragraph
from sidecar_lint.report.place import place
from sidecar_lint.report.stream import StreamReport
from sidecar_lint.report.xml import HEAD, element, opening

if TYPE_CHECKING:
    from sidecar_lint.linting.report import PathProblem, Report


class JunitReport(StreamReport):
    """Writes JUnit's XML as Jenkins' schema has it, which knows no file and line of a test case.

    Errors and warnings fail; information passes, with its text as output. A file without findings
    is one test that passes, one that cannot be read an error.
    """

    def _begin(self) -> None:
        self._out.write(f'{HEAD}<testsuites name="sidecar-lint">\n')

    def _write(self, report: Report) -> None:
        cases = [_case(finding, report) for finding in report.findings]
        passed = opening("testcase", name="no findings", classname=report.path) + "</testcase>"
        failures = sum(finding.severity is not Severity.INFO for finding in report.findings)
        self._suite(report.path, cases or [passed], failures=failures)

    def problem(self, problem: PathProblem) -> None:
        name = problem.file or "sidecar-lint"
        start = opening("testcase", name="can be linted", classname=name)
        self._suite(name, [f"{start}{element('error', message=problem.message)}</testcase>"], errors=1)

    def finish(self) -> None:
        self._out.write("</testsuites>\n")

    def _suite(self, name: str, cases: list[str], failures: int = 0, errors: int = 0) -> None:
        start = opening("testsuite", name=name, tests=len(cases), failures=failures, errors=errors)
        self._out.writelines(f"{line}\n" for line in (start, *cases, "</testsuite>"))


def _case(finding: Finding, report: Report) -> str:
    at = place(finding.span, report.source)
    where = f"{at.line}:{at.column}"
    start = opening("testcase", name=f"{finding.code} {finding.name} ({where})", classname=report.path)
    return f"{start}{_outcome(finding, f'{report.path}:{where}', report)}</testcase>"


def _outcome(finding: Finding, where: str, report: Report) -> str:
    text = f"{where}\n{paragraph(finding, report.environments)}\n"
    if finding.severity is Severity.INFO:
        return element("system-out", text)
    return element("failure", text, type=finding.severity.value, message=finding.message)
