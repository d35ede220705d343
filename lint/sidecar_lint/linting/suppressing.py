"""From the comments of a file to its findings without those that are suppressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.dates import today
from sidecar_lint.linting.rule_failures import CRASH_CODE
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.suppressions.suppression import read_suppressions
from sidecar_lint.suppressions.suppressions import Suppressions, Terms
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidecar_lint.linting.report import Report
    from sidecar_lint.linting.settings import FindingSettings
    from sidecar_lint.rulebook.rule import Rule


def suppressions_of(
    report: Report, rules: Sequence[Rule], settings: FindingSettings, *, judge: bool
) -> Suppressions:
    """The suppressions of a file and what they leave of its findings.

    Without `judge` none is said to be unused.
    """
    source = report.source
    crashed = any(finding.code == CRASH_CODE for finding in report.findings)
    judge = judge and not crashed and not read(source).unread
    codes = _names((*load_rules(), *settings.others, *rules))
    run = frozenset(rule.code for rule in rules)
    now = settings.today or today()
    terms = Terms(codes, run, now, judge, settings.require_reasons, settings.all_known)
    return Suppressions(source, read_suppressions(source, report.texts), report.findings, terms)


def _names(rules: Iterable[Rule]) -> dict[str, str]:
    return {word: rule.code for rule in rules for word in (rule.code.upper(), rule.name.lower())}
