"""Applying fixes to a text."""

from __future__ import annotations

from collections.abc import Iterable

from sidecar_lint.finding import Edit, Finding, Fix


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """The text with the fixes applied, those that `together` leaves out excepted.

    Only the characters of the edits change.
    """
    return apply_edits(text, {edit for fix in together(fixes) for edit in fix.edits})


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits applied; they must not overlap."""
    for edit in sorted(edits, key=lambda each: each.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def together(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes that can be applied at once: one that is in the way of an earlier one waits for another pass.

    Two edits of one place are, and two new files of one name, unless they are the same.
    """
    taken: list[Fix] = []
    for fix in fixes:
        others = [edit for other in taken for edit in other.edits]
        files = {file.path: file.text for other in taken for file in other.new_files}
        is_other = any(files.get(file.path, file.text) != file.text for file in fix.new_files)
        if not is_other and not any(_overlap(edit, other) for edit in fix.edits for other in others):
            taken.append(fix)
    return taken


def first_fixes(findings: Iterable[Finding], *, unsafe: bool = True) -> list[Fix]:
    """The preferred fix of each finding that has one; without `unsafe` only those surely meant."""
    first = (finding.fixes[0] for finding in findings if finding.fixes)
    return [fix for fix in first if fix.safe or unsafe]


def _overlap(one: Edit, other: Edit) -> bool:
    if one == other:
        return False
    if one.span.start == other.span.start:
        return True
    return one.span.start < other.span.end and other.span.start < one.span.end
