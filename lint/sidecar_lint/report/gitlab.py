"""Findings for GitLab's code quality: a JSON array that a job offers as `artifacts:reports:codequality`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.finding import Finding, Severity
from sidecar_lint.report.fingerprint import fingerprints
from sidecar_lint.report.jsonstream import JsonStream
from sidecar_lint.report.place import visible_place
from sidecar_lint.report.repository import repository_path

if TYPE_CHECKING:
    from sidecar_lint.linting.report import Report

_SEVERITIES: Final = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


class GitlabReport(JsonStream):
    """Writes an array of findings. There is no place in it for what could not be read."""

    def _begin(self) -> None:
        self._out.write("[")

    def _write(self, report: Report) -> None:
        for finding, fingerprint in fingerprints(report):
            self._item(_entry(finding, fingerprint, report))

    def finish(self) -> None:
        self._out.write("\n]\n")


def _entry(finding: Finding, fingerprint: str, report: Report) -> dict[str, Any]:
    at = visible_place(finding.span, report.source)
    advice = f"; {finding.help}" if finding.help else ""
    return {
        "description": f"{finding.code} {finding.message}{advice}",
        "check_name": finding.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": repository_path(report.path),
            "lines": {"begin": at.line, "end": at.end_line},
        },
    }
