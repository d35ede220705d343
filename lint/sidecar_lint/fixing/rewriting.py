"""Putting files right: fixes are applied until none is left, and each result is written in one step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from errno import EBUSY, EEXIST
from pathlib import Path
from typing import Final

from sidecar_lint.fixing.drafts import FixedDraft
from sidecar_lint.fixing.rounds import LintRun, change_all, lint_to_change
from sidecar_lint.linting.engine import Report
from sidecar_lint.linting.settings import PLAIN, Settings
from sidecar_lint.rulebook.rule import Rule
from sidecar_lint.syntax.source import Source
from sidecar_lint.workspace.files import Files

_NEW_MODE: Final = 0o666


def rewrite(
    source: Source,
    rules: Sequence[Rule],
    files: Files | None = None,
    settings: Settings = PLAIN,
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


def write(path: Path, report: Report) -> None:
    """Write what the fixes of a report changed, each file all of it or nothing.

    Raises OSError where a file cannot be written, is not what was read any longer, or was to be made and is
    there by now; the files that were not written yet are then as they were.
    """
    is_changed = report.original is None or report.original.text != report.source.text
    if is_changed and report.original is not None:
        _refuse_what_would_be_lost(path, report.original, report.source)
    for file in report.new_files:
        _create(Path(file.path), file.text)
    if is_changed:
        _replace(path, report.source)


def _refuse_what_would_be_lost(path: Path, original: Source, new: Source) -> None:
    """Raise OSError where a file holds what is not in the text that was read of it.

    It may have been written already, by another name.
    """
    if not original.writable or path.read_bytes() not in (original.encoded, new.encoded):
        raise OSError(EBUSY, "it is not what was read of it any longer", str(path))


def _create(path: Path, text: str) -> None:
    """Make a file; FileExistsError where there is one by now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise FileExistsError(EEXIST, os.strerror(EEXIST), str(path))
    _put(path, text.encode(), _NEW_MODE & ~_umask())


def _replace(path: Path, source: Source) -> None:
    """Replace a file; its mode stays, and a link stays a link."""
    target = path.resolve()
    _put(target, source.encoded, target.stat().st_mode)


def _put(target: Path, data: bytes, mode: int) -> None:
    """Write a file beside its place, then move it there in one step."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    """The permissions that new files do not get; it can only be asked for by setting it."""
    current = os.umask(0)
    os.umask(current)
    return current
