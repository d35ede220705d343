"""Findings for reviewdog: its Diagnostic Format, with suggestions.

Reviewdog posts messages as comments, which are Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.address import PROJECT_ADDRESS, url_of
from sidecar_lint.escaping import json_document, markdown
from sidecar_lint.finding import Edit, Finding, Fix, Severity
from sidecar_lint.fixing.applying import apply
from sidecar_lint.report.jsonstream import JsonStream
from sidecar_lint.report.notes import paragraph
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidecar_lint.linting.report import Report
    from sidecar_lint.syntax.source import Source

_SEVERITIES: Final = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


class RdjsonReport(JsonStream):
    """Writes one JSON object. There is no place in it for what could not be read."""

    def _begin(self) -> None:
        self._out.write(
            f'{{"source": {json_document(_linked("name", "sidecar-lint", PROJECT_ADDRESS))}, "diagnostics": ['
        )

    def _write(self, report: Report) -> None:
        for finding in report.findings:
            self._item(_diagnostic(finding, report))

    def finish(self) -> None:
        self._out.write("\n]}\n")


def _diagnostic(finding: Finding, report: Report) -> dict[str, Any]:
    source = report.source
    return {
        "message": _escaped(paragraph(finding, report.environments)),
        "location": {"path": report.path, "range": _range(finding.span, source)},
        "severity": _SEVERITIES[finding.severity],
        "code": _linked("value", finding.code, url_of(finding.name)),
        "suggestions": list(_suggestions(finding.fixes[:1], report)),
        "related_locations": [
            {
                "message": _escaped(each.message),
                "location": {
                    "path": (each.source or source).path,
                    "range": _range(each.span, each.source or source),
                },
            }
            for each in finding.related
        ],
    }


def _escaped(text: str) -> str:
    """A text that Markdown leaves as it is, line by line; the indentation of examples stays."""
    lines = text.split("\n")
    return "\n".join(" " * (len(line) - len(line.lstrip(" "))) + markdown(line) for line in lines)


def _linked(name: str, text: str, url: str | None) -> dict[str, str]:
    return {name: text, "url": url} if url else {name: text}


def _suggestions(fixes: Sequence[Fix], report: Report) -> Iterator[dict[str, Any]]:
    """Each fix as one replacement, from its first edit to its last, where that can be the whole of it.

    It repeats what stands between the edits, which may not be shown.
    """
    source = report.source
    for fix in fixes:
        if fix.new_files or not fix.edits:
            continue
        whole = Span(min(edit.span.start for edit in fix.edits), max(edit.span.end for edit in fix.edits))
        before = source.text[whole.start : whole.end]
        if before == report.shown.text[whole.start : whole.end]:
            inside = Fix("", tuple(Edit(_moved(edit.span, whole.start), edit.text) for edit in fix.edits))
            yield {"range": _range(whole, source), "text": apply(before, [inside])}


def _moved(span: Span, start: int) -> Span:
    return Span(span.start - start, span.end - start)


def _range(span: Span, source: Source) -> dict[str, Any]:
    return {"start": _position(span.start, source), "end": _position(span.end, source)}


def _position(offset: int, source: Source) -> dict[str, int]:
    """A place as the format counts: from one, and columns in bytes of UTF-8."""
    at = source.position(offset)
    return {"line": at.line + 1, "column": source.units("utf-8").before(at.line, at.column) + 1}
