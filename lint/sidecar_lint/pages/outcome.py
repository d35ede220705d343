"""What a rule says about its own bad example, and what its fix makes of it: a page shows both."""

from __future__ import annotations

import os
from difflib import unified_diff
from itertools import islice
from typing import TYPE_CHECKING

from sidecar_lint.fixing.applying import apply, first_fixes
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.testing import NOWHERE, parse_bad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.finding import Finding
    from sidecar_lint.linting.report import Report
    from sidecar_lint.rulebook.rule import Bad, Rule


class ExampleOutcome(NamedTuple):
    """The findings, and the lines that their first fixes take away (`-`) and write (`+`)."""

    findings: tuple[Finding, ...]
    changes: tuple[str, ...]


def outcome(rule: Rule, bad: Bad) -> ExampleOutcome:
    """Run a rule on an example of its own."""
    example = parse_bad(bad)
    reports = tuple(example.reports(rule))
    findings = tuple(_relative(finding) for report in reports for finding in report.findings)
    several = len(example.files) > 1
    return ExampleOutcome(
        findings, tuple(line for report in reports for line in _changes(report, several=several))
    )


def _changes(report: Report, *, several: bool) -> Iterator[str]:
    """The lines that fixes change; which file they are in is said as examples say it."""
    fixes = first_fixes(report.findings)
    lines = tuple(_changed(report.source.text, apply(report.source.text, fixes)))
    if lines and several:
        yield f" # file: {_named(report.path)}"
    yield from lines
    for file in (file for fix in fixes for file in fix.new_files):
        yield f"+# file: {_named(file.path)}"
        yield from (f"+{line}" for line in file.text.splitlines())


def _changed(before: str, after: str) -> Iterator[str]:
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return (line for line in islice(lines, 2, None) if not line.startswith("@@"))


def _relative(finding: Finding) -> Finding:
    """A finding that names files as its example does."""
    below = NOWHERE + os.sep
    return finding._replace(message=finding.message.replace(below, ""), help=finding.help.replace(below, ""))


def _named(path: str) -> str:
    return path.removeprefix(NOWHERE + os.sep).replace(os.sep, "/")
