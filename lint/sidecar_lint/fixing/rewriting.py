"""Putting files right: fixes are applied until none is left, and each result is written in one step."""

from __future__ import annotations

from errno import EBUSY
from typing import TYPE_CHECKING

from sidecar_lint.files.reading import read_bytes
from sidecar_lint.files.writing import create, replacing
from sidecar_lint.fixing.drafts import FixedDraft
from sidecar_lint.fixing.rounds import LintRun, change_all, lint_to_change
from sidecar_lint.linting.settings import PLAIN, FindingSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidecar_lint.linting.report import Report
    from sidecar_lint.rulebook.rule import Rule
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.workspace.files import Files


def rewrite(
    source: Source,
    rules: Sequence[Rule],
    files: Files | None = None,
    settings: FindingSettings = PLAIN,
    *,
    unsafe: bool,
) -> Report:
    """Apply every fix of a file that is safe, or with `unsafe` every fix there is; nothing is written."""
    run = lint_to_change(source, rules, files, settings)
    return rewrite_all([run], files, unsafe=unsafe)[0]


def rewrite_all(runs: Iterable[LintRun], files: Files | None, *, unsafe: bool) -> list[Report]:
    """Apply every fix of some files that is safe, or with `unsafe` every fix there is; nothing is written.

    A fix that does harm (`judging` says what that is) is left out: its finding stays, and says what to write.
    """
    return change_all([FixedDraft(each, unsafe=unsafe) for each in runs], files)


def write(report: Report, within: str) -> None:
    """Write what the fixes of a report changed, each file all of it or nothing, and none outside of `within`.

    Raises OSError where a file cannot be written, is not what was read any longer, or was to be made and is
    there by now; the files that were not written yet are then as they were.
    """
    is_changed = report.original is None or report.original.text != report.source.text
    if is_changed and report.original is not None:
        _refuse_what_would_be_lost(report.original, report.source, within)
    for new in report.new_files:
        create(new.path, new.text.encode(), within)
    if is_changed:
        with replacing(report.path, within) as file:
            file.write(report.source.encoded)


def _refuse_what_would_be_lost(original: Source, new: Source, within: str) -> None:
    """Raise OSError where a file holds what is not in the text that was read of it.

    It may have been written already, by another name.
    """
    if not original.writable or read_bytes(new.path, within) not in (original.encoded, new.encoded):
        raise OSError(EBUSY, "it is not what was read of it any longer", new.path)
