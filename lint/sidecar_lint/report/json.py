"""Findings for programs. The contract is docs/json.md; `VERSION` changes when it breaks.

Findings are written as they come, one a line, so that memory does not grow with them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, TextIO

from sidecar_lint import __version__
from sidecar_lint.address import url_of
from sidecar_lint.finding import Edit, Finding, Fix, Related, Severity, Span
from sidecar_lint.report.tally import Tally

if TYPE_CHECKING:
    from sidecar_lint.discovery import Problem
    from sidecar_lint.engine import Report
    from sidecar_lint.source import Source

VERSION: Final = 1
#: JSON can spell half a pair, and then many programs cannot read it.
_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonReport:
    """Writes one JSON object; complete once `finish` was called."""

    def __init__(self, out: TextIO) -> None:
        self.tally = Tally()
        self._out = out
        self._problems: list[Problem] = []
        self._separator = "\n"
        tool = {"name": "sidecar-lint", "version": __version__}
        out.write(f'{{"version": {VERSION}, "tool": {_dumps(tool)}, "findings": [')

    def add(self, report: Report) -> None:
        """Write the findings of one file."""
        self.tally.add(report)
        for finding in report.findings:
            self._out.write(self._separator + _dumps(_finding(finding, report.source)))
            self._separator = ",\n"

    def problem(self, problem: Problem) -> None:
        """Remember a file that could not be read."""
        self._problems.append(problem)

    def finish(self) -> None:
        """Write what comes after the findings."""
        errors = [{"file": each.file, "message": each.message} for each in self._problems]
        counts = {severity.value: self.tally.counts[severity] for severity in Severity}
        hidden = {"suppressed": self.tally.suppressed, "known": self.tally.known, "gone": self.tally.gone}
        summary = {"files": self.tally.files, "fixed": self.tally.fixed, **counts, **hidden}
        self._out.write(f'\n], "errors": {_dumps(errors)}, "summary": {_dumps(summary)}}}\n')


def _dumps(value: object) -> str:
    return json.dumps(_clean(value))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value


def _finding(finding: Finding, source: Source) -> dict[str, Any]:
    return {
        "file": source.path,
        "rule": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "stage": finding.stage.value,
        "message": finding.message,
        "effect": finding.effect,
        "help": finding.help,
        **_place(finding.span, source),
        "environments": list(finding.environments),
        "url": url_of(finding.name),
        "fixes": [_fix(fix, source) for fix in finding.fixes],
        "related": [_related(related, source) for related in finding.related],
    }


def _place(span: Span, source: Source) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "line": start.line + 1,
        "column": start.column + 1,
        "end_line": end.line + 1,
        "end_column": end.column + 1,
    }


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    return {"title": fix.title, "safe": fix.safe, "edits": [_edit(edit, source) for edit in fix.edits]}


def _edit(edit: Edit, source: Source) -> dict[str, Any]:
    return {**_place(edit.span, source), "text": edit.text}


def _related(related: Related, source: Source) -> dict[str, Any]:
    return {"message": related.message, **_place(related.span, source)}
