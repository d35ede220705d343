"""Files that were found, or belong to a file, and were not read: nothing but that is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.files.reading import Reason, Unread
from sidecar_lint.linting.report import UNREADABLE_CODE, Report
from sidecar_lint.linting.settings import PLAIN, FindingSettings, settle
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidecar_lint.rulebook.rule import Rule
    from sidecar_lint.workspace.files import Files

#: The rule that says so of a file that others name and that is not to be read.
SKIPPED_CODE: Final = "SL037"


def look(path: str, files: Files) -> Source | Unread:
    """A file's text, or why it was not read; a folder stands for the files that might be in it."""
    found = files.look(path)
    if isinstance(found, Unread) and found.reason is Reason.FOLDER:
        listing = files.project(path).listing(path)
        return listing if isinstance(listing, Unread) else found
    return found


def lint_unread(path: str, why: Unread, rules: Sequence[Rule], settings: FindingSettings = PLAIN) -> Report:
    """What there is to say of a file that was not read.

    That it is none of ours may be left out like any finding, that it cannot be read may not: whoever
    chooses rules cannot mean that a file is not linted at all.
    """
    code, verb = (
        (SKIPPED_CODE, "was not looked at") if why.is_skipped else (UNREADABLE_CODE, "cannot be read")
    )
    rule = next((each for each in rules if each.code == code), None)
    if rule is None and not why.is_skipped:
        rule = next(each for each in load_rules() if each.code == code)
    findings = (rule.finding(Span(0, 0), f"this file {verb}: {why.text}"),) if rule else ()
    report = Report(Source(path, ""), findings, rules=rules)
    return settle(report, settings if why.is_skipped else settings._replace(baseline=None, ignored={}))
