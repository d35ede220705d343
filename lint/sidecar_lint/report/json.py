"""Findings for programs. The contract is docs/json.md; `VERSION` changes when it breaks.

Findings are written as they come, one a line, so that memory does not grow with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint import __version__
from sidecar_lint.address import url_of
from sidecar_lint.escaping import json_document
from sidecar_lint.finding import Finding, Fix, Related, Severity
from sidecar_lint.linting.identity import Identities
from sidecar_lint.report.jsonstream import JsonStream
from sidecar_lint.report.place import place

if TYPE_CHECKING:
    from sidecar_lint.linting.report import Report
    from sidecar_lint.syntax.source import Source

VERSION: Final = 1


class JsonReport(JsonStream):
    """Writes one JSON object; complete once `finish` was called."""

    def _begin(self) -> None:
        tool = {"name": "sidecar-lint", "version": __version__}
        self._out.write(f'{{"version": {VERSION}, "tool": {json_document(tool)}, "findings": [')

    def _write(self, report: Report) -> None:
        identities = report.once(Identities)
        for finding in report.findings:
            self._item(_finding(finding, identities.of(finding).path, report.source))

    def finish(self) -> None:
        errors = [{"file": each.file, "message": each.message} for each in self._problems]
        counts = {severity.value: self.tally.counts[severity] for severity in Severity}
        hidden = {"suppressed": self.tally.suppressed, "known": self.tally.known, "gone": self.tally.gone}
        summary = {"files": self.tally.files, "fixed": self.tally.fixed, **counts, **hidden}
        self._out.write(f'\n], "errors": {json_document(errors)}, "summary": {json_document(summary)}}}\n')


def _finding(finding: Finding, path: str, source: Source) -> dict[str, Any]:
    return {
        "file": source.path,
        "rule": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "stage": finding.stage.value,
        "message": finding.message,
        "effect": finding.effect,
        "help": finding.help,
        **place(finding.span, source)._asdict(),
        "path": path,
        "environments": list(finding.environments),
        "url": url_of(finding.name),
        "fixes": [_fix(fix, source) for fix in finding.fixes],
        "related": [_related(related, source) for related in finding.related],
    }


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    return {
        "title": fix.title,
        "safe": fix.safe,
        "edits": [{**place(edit.span, source)._asdict(), "text": edit.text} for edit in fix.edits],
        "new_files": [{"file": file.path, "text": file.text} for file in fix.new_files],
    }


def _related(related: Related, source: Source) -> dict[str, Any]:
    source = related.source or source
    return {"message": related.message, "file": source.path, **place(related.span, source)._asdict()}
