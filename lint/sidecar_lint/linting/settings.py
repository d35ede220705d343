"""What becomes of findings once suppressions have had their say: settings, the baseline, what follows from what."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import Severity, demoted
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from sidecar_lint.finding import Finding
    from sidecar_lint.linting.baseline import Baseline
    from sidecar_lint.linting.report import Report
    from sidecar_lint.rulebook.rule import Rule


class FindingSettings(NamedTuple):
    """What happens to findings once rules have found them.

    `severities` by code, over what the rules say; `ignored` codes by environment, `silenced`
    those that are not told at all though no rule is asked about them; `fail_on` is the
    least severity that fails a run, None where nothing does; `others` are rules that suppressions
    may name although they are neither run nor installed; where some were left out, whose names nobody
    knows, they are not `all_known`; `today` is for tests.
    """

    severities: Mapping[str, Severity] = MappingProxyType({})
    ignored: Mapping[str, frozenset[str]] = MappingProxyType({})
    silenced: frozenset[str] = frozenset()
    fail_on: Severity | None = Severity.WARNING
    require_reasons: bool = False
    baseline: Baseline | None = None
    others: tuple[Rule, ...] = ()
    all_known: bool = True
    today: date | None = None


#: What is in force where nothing is configured.
PLAIN: Final = FindingSettings()


def settle(report: Report, settings: FindingSettings) -> Report:
    """A report with what is configured applied, and without what follows from what it tells."""
    report = report if settings is PLAIN else _configured(report, settings)
    if not report.findings:
        return report
    from sidecar_lint.linting.consequences import without_consequences

    return without_consequences(report)


def _configured(report: Report, settings: FindingSettings) -> Report:
    report = without_silenced(report, settings)
    report = without_ignored(report, settings)
    report = with_severities(report, settings)
    report = report._replace(fail_on=settings.fail_on)
    return settings.baseline.compared(report) if settings.baseline else report


def without_silenced(report: Report, settings: FindingSettings) -> Report:
    """A report without what the program says of rules, where that is ignored by name."""
    if settings.silenced.isdisjoint(each.code for each in report.findings):
        return report
    left = (each for each in report.findings if each.code not in settings.silenced)
    return report._replace(findings=tuple(left))


def without_ignored(report: Report, settings: FindingSettings) -> Report:
    """Findings leave the environments in which their rule is ignored; those that held nowhere else go."""
    if not settings.ignored:
        return report
    return report._replace(findings=tuple(_elsewhere(report, settings)))


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
    return report._replace(findings=tuple(findings))
