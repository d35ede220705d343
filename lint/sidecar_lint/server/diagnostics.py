"""Findings as the protocol's diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from lsprotocol import types

from sidecar_lint.address import url_of
from sidecar_lint.escaping import editor
from sidecar_lint.finding import Finding, Related, Severity
from sidecar_lint.language.diagnostic_text import message
from sidecar_lint.linting.identity import Identities
from sidecar_lint.linting.masking import told
from sidecar_lint.linting.report import MOST_SHOWN, Report
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rulebook.rule import Rule
from sidecar_lint.server.positions import Positions

SOURCE: Final = "sidecar-lint"
_SEVERITIES: Final = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


class Translation(NamedTuple):
    """What is needed to put findings into a client's words: its encoding, its URIs, and the rules."""

    encoding: str
    uri: Callable[[str], str]
    rules: Mapping[str, Rule]

    def diagnostics(self, report: Report) -> list[types.Diagnostic]:
        """The findings of a file: the first thousand, and how many more there are."""
        left = len(report.findings) - MOST_SHOWN
        shown = [self.diagnostic(finding, report) for finding in told(report).findings[:MOST_SHOWN]]
        return [*shown, _left_out(left)] if left > 0 else shown

    def diagnostic(self, finding: Finding, report: Report) -> types.Diagnostic:
        """One finding of a file."""
        url = url_of(finding.name)
        return types.Diagnostic(
            range=Positions(report.source, self.encoding).range(finding.span),
            message=editor(message(finding, report.environments)),
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            code_description=types.CodeDescription(url) if url else None,
            source=SOURCE,
            tags=[types.DiagnosticTag.Unnecessary] if self._is_ignored(finding) else None,
            related_information=list(self._related(finding, report)) or None,
            data=_data(finding, report),
        )

    def _is_ignored(self, finding: Finding) -> bool:
        rule = self.rules.get(finding.code)
        return rule is not None and rule.ignored

    def _related(self, finding: Finding, report: Report) -> Iterator[types.DiagnosticRelatedInformation]:
        for related in finding.related:
            yield types.DiagnosticRelatedInformation(self._location(related, report), editor(related.message))

    def _location(self, related: Related, report: Report) -> types.Location:
        source = related.source or report.source
        place = Positions(source, self.encoding).range(related.span)
        return types.Location(self.uri(source.path), place)


def _left_out(count: int) -> types.Diagnostic:
    """What says at the top of a file that there is more."""
    more = "1 more finding is" if count == 1 else f"{count:,} more findings are"
    return types.Diagnostic(
        range=types.Range(types.Position(0, 0), types.Position(0, 0)),
        message=f"{more} not shown here\nrun `sidecar-lint --format concise` on the file",
        severity=types.DiagnosticSeverity.Information,
        source=SOURCE,
    )


def _data(finding: Finding, report: Report) -> dict[str, Any]:
    """What a client gets besides, for itself and to find the actions again."""
    return {
        "rule": finding.name,
        "path": report.once(Identities).path(finding),
        "stage": finding.stage.value,
        "environments": list(finding.environments),
        "fixes": [fix.title for fix in finding.fixes],
    }
