"""Applying fixes to a text."""

from __future__ import annotations

from collections.abc import Iterable

from sidecar_lint.finding import Edit, Finding, Fix


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """The text with the fixes applied; one that overlaps an earlier one is left for another pass.

    Only the characters of the edits change.
    """
    taken: list[Edit] = []
    for fix in fixes:
        if not any(_overlap(edit, other) for edit in fix.edits for other in taken):
            taken.extend(edit for edit in fix.edits if edit not in taken)
    for edit in sorted(taken, key=lambda each: each.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def first_fixes(findings: Iterable[Finding]) -> list[Fix]:
    """The preferred fix of each finding that has one."""
    return [finding.fixes[0] for finding in findings if finding.fixes]


def _overlap(one: Edit, other: Edit) -> bool:
    if one == other:
        return False
    if one.span.start == other.span.start:
        return True
    return one.span.start < other.span.end and other.span.start < one.span.end
