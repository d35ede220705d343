"""What a rule says of its own examples as text, and what its fixes write."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from sidecar_lint.fixing.applying import apply, first_fixes
from sidecar_lint.testing import NOWHERE, parse_bad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint import Finding, Related, Report, Rule
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.syntax.span import Span


def said(rule: Rule) -> str:
    """Each finding with all that there is in it, then the changed lines; example by example."""
    return "\n".join(_said(rule)).replace(NOWHERE, "")


def _place(source: Source, span: Span) -> str:
    """`path:line:column-line:column`, all from 1."""
    path = source.path.removeprefix(NOWHERE).lstrip("/\\").replace("\\", "/")
    start, end = source.position(span.start), source.position(span.end)
    return f"{path}:{start.line + 1}:{start.column + 1}-{end.line + 1}:{end.column + 1}"


def _finding(finding: Finding, report: Report) -> Iterator[str]:
    yield f"{_place(report.source, finding.span)} {finding.severity} {finding.stage}"
    yield f"  message: {finding.message}"
    yield f"  effect: {finding.effect}"
    yield f"  help: {finding.help}"
    yield f"  environments: {' '.join(finding.environments)}"
    for related in finding.related:
        yield f"  related: {_place(_source(related, report), related.span)} {related.message}"
    for fix in finding.fixes:
        yield f"  {'safe' if fix.safe else 'unsafe'} fix: {fix.title}"
    for cause in finding.follows_from:
        yield f"  follows from: {cause.code} {_place(report.source, cause.span)}"


def _source(related: Related, report: Report) -> Source:
    return related.source or report.source


def _written(report: Report) -> Iterator[str]:
    """What the first fixes change, and the files that they make."""
    fixes = first_fixes(report.findings)
    before, after = report.source.text, apply(report.source.text, fixes)
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    yield from (f"  {line}" for line in list(lines)[2:])
    for file in dict.fromkeys(file for fix in fixes for file in fix.new_files):
        yield f"  new file: {file.path.removeprefix(NOWHERE)}"
        yield from (f"  +{line}" for line in file.text.splitlines())


def _said(rule: Rule) -> Iterator[str]:
    for number, bad in enumerate((*rule.bad, *rule.also_bad), 1):
        yield f"# example {number}"
        for report in parse_bad(bad).reports(rule):
            for finding in report.findings:
                yield from _finding(finding, report)
            yield from _written(report)
        yield ""
