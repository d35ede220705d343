"""What becomes of findings once suppressions have had their say: settings, the baseline, and what follows from what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sidecar_lint.linting.consequences import without_consequences
from sidecar_lint.linting.demoting import demoted
from sidecar_lint.linting.settings import PLAIN, FindingSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.finding import Finding
    from sidecar_lint.linting.report import Report


def settle(report: Report, settings: FindingSettings) -> Report:
    """A report with what is configured applied, and without what follows from what it tells."""
    return without_consequences(report if settings is PLAIN else _configured(report, settings))


def _configured(report: Report, settings: FindingSettings) -> Report:
    report = without_silenced(report, settings)
    report = without_ignored(report, settings)
    report = with_severities(report, settings)
    report = replace(report, fail_on=settings.fail_on)
    return settings.baseline.compared(report) if settings.baseline else report


def without_silenced(report: Report, settings: FindingSettings) -> Report:
    """A report without what the program says of rules, where that is ignored by name."""
    if settings.silenced.isdisjoint(each.code for each in report.findings):
        return report
    left = (each for each in report.findings if each.code not in settings.silenced)
    return replace(report, findings=tuple(left))


def without_ignored(report: Report, settings: FindingSettings) -> Report:
    """Findings leave the environments in which their rule is ignored; those that held nowhere else go."""
    if not settings.ignored:
        return report
    return replace(report, findings=tuple(_elsewhere(report, settings)))


def _elsewhere(report: Report, settings: FindingSettings) -> Iterator[Finding]:
    for finding in report.findings:
        kept = tuple(
            name for name in finding.environments if finding.code not in settings.ignored.get(name, ())
        )
        if kept == finding.environments:
            yield finding
        elif kept:
            yield demoted(finding._replace(environments=kept), report.environments)


def with_severities(report: Report, settings: FindingSettings) -> Report:
    """Findings get the severity that is configured for their rule."""
    if not settings.severities:
        return report
    findings = (
        demoted(finding._replace(severity=settings.severities[finding.code]), report.environments)
        if finding.code in settings.severities
        else finding
        for finding in report.findings
    )
    return replace(report, findings=tuple(findings))
