"""Findings as SARIF 2.1.0: for code scanning, and viewers of it.

Results are written as they come; what describes the run follows them, so that memory does not
grow with the findings.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint import __version__
from sidecar_lint.address import PROJECT_ADDRESS
from sidecar_lint.escaping import json_document, uri_path
from sidecar_lint.finding import Edit, Finding, Fix, Related, Severity
from sidecar_lint.report.fingerprint import fingerprints
from sidecar_lint.report.jsonstream import JsonStream
from sidecar_lint.report.notes import notes
from sidecar_lint.report.place import place
from sidecar_lint.report.repository import repository_path
from sidecar_lint.report.sarif_rules import descriptor, message, sentence

if TYPE_CHECKING:
    from sidecar_lint.linting.report import PathProblem, Report
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.syntax.span import Span

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
#: Of our own making: GitHub's upload adds one of the line's text beside it.
_FINGERPRINT: Final = "sidecarLint/v2"
_START: Final = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}


class SarifReport(JsonStream):
    """Writes one run; complete once `finish` was called. Only rules that found something are in it."""

    def _begin(self) -> None:
        self._used: dict[str, Finding] = {}
        self._index: dict[str, int] = {}
        self._out.write(f'{{"$schema": {json_document(_SCHEMA)}, "version": "2.1.0", "runs": [{{"results": [')

    def _write(self, report: Report) -> None:
        for finding, fingerprint in fingerprints(report):
            index = self._index.setdefault(finding.code, len(self._index))
            self._used.setdefault(finding.code, finding)
            self._item(_result(finding, report, index, fingerprint))

    def finish(self) -> None:
        members = ", ".join(
            f"{json_document(name)}: {json_document(value)}" for name, value in self._run().items()
        )
        self._out.write(f"\n], {members}}}]}}\n")

    def _run(self) -> dict[str, Any]:
        """What there is to say of the run besides its results."""
        return {
            "tool": {"driver": self._driver()},
            "invocations": [
                {
                    "executionSuccessful": not self._problems,
                    "toolExecutionNotifications": [_notification(each) for each in self._problems],
                }
            ],
            "automationDetails": {"id": "sidecar-lint/"},
            "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
        }

    def _driver(self) -> dict[str, Any]:
        rules = {rule.code: rule for rule in self._rules}
        described = [
            descriptor(
                rules.get(code), first, _LEVELS[rules[code].severity if code in rules else first.severity]
            )
            for code, first in self._used.items()
        ]
        link = {"informationUri": PROJECT_ADDRESS} if PROJECT_ADDRESS else {}
        version = {"version": __version__, "semanticVersion": __version__}
        return {"name": "sidecar-lint", **version, **link, "rules": described}


def _result(finding: Finding, report: Report, index: int, fingerprint: str) -> dict[str, Any]:
    source = report.source
    related = [_related(number, each, source) for number, each in enumerate(finding.related, 1)]
    fixes = [_fix(fix, source) for fix in finding.fixes]
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": message(_message(finding, report)),
        "locations": [{"physicalLocation": _location(finding.span, source)}],
        **({"relatedLocations": related} if related else {}),
        **({"fixes": fixes} if fixes else {}),
        "partialFingerprints": {_FINGERPRINT: fingerprint},
        "properties": {"stage": finding.stage.value, "environments": list(finding.environments)},
    }


def _message(finding: Finding, report: Report) -> str:
    """Message and notes as sentences: where there is little room only the first is shown."""
    said = ((name, text) for name, text in notes(finding, report.environments) if name != "more")
    more = (sentence(f"{name.capitalize()}: {text}") for name, text in said)
    return " ".join((sentence(finding.message), *more))


def _location(span: Span, source: Source) -> dict[str, Any]:
    return {"artifactLocation": _artifact(source.path), "region": _region(span, source)}


def _artifact(path: str) -> dict[str, str]:
    """A file as a URI: relative to the repository's root where it lies below it."""
    named = repository_path(path)
    uri = uri_path(named)
    if os.path.isabs(named):
        return {"uri": f"file://{'' if uri.startswith('/') else '/'}{uri}"}
    return {"uri": uri, "uriBaseId": _ROOT}


def _region(span: Span, source: Source) -> dict[str, int]:
    at = place(span, source)
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }


def _related(number: int, related: Related, source: Source) -> dict[str, Any]:
    where = _location(related.span, related.source or source)
    return {"id": number, "physicalLocation": where, "message": message(related.message)}


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    changes = [_change(source.path, [_replacement(edit, source) for edit in fix.edits])] if fix.edits else []
    changes += [
        _change(file.path, [{"deletedRegion": _START, "insertedContent": {"text": file.text}}])
        for file in fix.new_files
    ]
    return {"description": message(fix.title), "artifactChanges": changes, "properties": {"safe": fix.safe}}


def _change(path: str, replacements: list[dict[str, Any]]) -> dict[str, Any]:
    return {"artifactLocation": _artifact(path), "replacements": replacements}


def _replacement(edit: Edit, source: Source) -> dict[str, Any]:
    return {"deletedRegion": _region(edit.span, source), "insertedContent": {"text": edit.text}}


def _notification(problem: PathProblem) -> dict[str, Any]:
    where = [{"physicalLocation": {"artifactLocation": _artifact(problem.file)}}] if problem.file else []
    locations = {"locations": where} if where else {}
    return {"level": "error", "message": message(problem.message), **locations}
