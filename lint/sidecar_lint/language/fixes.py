"""What can be done about findings: their fixes, all of them at once, and comments that suppress them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import Finding, Span
from sidecar_lint.fixing.rewriting import rewrite
from sidecar_lint.language.action import Action, ActionKind
from sidecar_lint.language.difference import edits
from sidecar_lint.linting.engine import Report
from sidecar_lint.suppressions.writing import with_comments
from sidecar_lint.workspace.files import Files

if TYPE_CHECKING:
    from sidecar_lint.configuration.configurations import InForce

#: What stands for the reason until the user writes one.
REASON: Final = "TODO: say why"


def at(findings: Iterable[Finding], span: Span) -> Iterator[Finding]:
    """The findings that a span touches."""
    return (each for each in findings if each.span.start <= span.end and span.start <= each.span.end)


def fixes(finding: Finding) -> Iterator[Action]:
    """The fixes of a finding; the first is the preferred one."""
    for number, fix in enumerate(finding.fixes):
        title = fix.title if fix.safe else f"{fix.title} (may not be meant)"
        yield Action(title, ActionKind.FIX, fix.edits, fix.new_files, finding, preferred=number == 0)


def ignores(finding: Finding, report: Report) -> Iterator[Action]:
    """The comments that suppress a finding: where it is, and in all of the file."""
    text = report.source.text
    for where, whole_file in (("here", False), ("in this file", True)):
        commented = with_comments(report.source, [finding], REASON, whole_file=whole_file)
        title = f"Ignore {finding.code} ({finding.name}) {where}"
        changes = edits(text, commented)
        if changes:
            yield Action(title, ActionKind.IGNORE, changes, finding=finding, placeholder=REASON)


def fix_all(report: Report, force: InForce, files: Files) -> Action | None:
    """Everything that has a safe fix, put right at once; None where nothing has."""
    after = rewrite(report.source, force.rules, files, force.settings, unsafe=False)
    changes = edits(report.source.text, after.source.text)
    if not changes and not after.new_files:
        return None
    title = f"Fix {after.fixed} problem{'s' if after.fixed > 1 else ''} that surely can be fixed"
    return Action(title, ActionKind.FIX_ALL, changes, after.new_files)
