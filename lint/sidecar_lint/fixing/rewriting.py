"""Putting files right: fixes are applied until none is left, and the result is written in one step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from errno import EEXIST
from pathlib import Path
from typing import Final, NamedTuple

from sidecar_lint.finding import Finding, Fix, NewFile, Stage
from sidecar_lint.fixing.applying import apply, first_fixes, together
from sidecar_lint.linting.engine import Report, lint_source
from sidecar_lint.linting.settings import PLAIN, Settings
from sidecar_lint.rulebook.rule import Rule
from sidecar_lint.syntax.source import Source
from sidecar_lint.workspace.files import Files

#: One fix can make room for another; what goes on for longer than this goes round in circles.
_PASSES: Final = 10
_NEW_MODE: Final = 0o666


def rewrite(
    source: Source,
    rules: Sequence[Rule],
    files: Files | None = None,
    settings: Settings = PLAIN,
    *,
    unsafe: bool,
) -> Report:
    """Apply every fix that is safe, or with `unsafe` every fix there is; nothing is written.

    A fix is left out after which Copilot would refuse an environment that it accepted before, or its
    rule would find something in one where it found nothing: what is right for one environment need
    not be for the others that share the line. The finding stays, and says what to write.
    """
    attempt = _Attempt(rules, files, settings)
    report = replace(lint_source(source, rules, files, settings), original=source)
    for _ in range(_PASSES):
        fixes = together(first_fixes(report.findings, unsafe=unsafe))
        if not fixes:
            break
        after = attempt.all(report, fixes) or attempt.first(report, fixes)
        if after is None:
            break
        report = after
    return report


class _Attempt(NamedTuple):
    """Applying fixes to a report, unless they do harm to an environment."""

    rules: Sequence[Rule]
    files: Files | None
    settings: Settings

    def all(self, before: Report, fixes: Sequence[Fix]) -> Report | None:
        """The file with these fixes; None where they do harm, or nothing."""
        source = replace(before.source, text=apply(before.source.text, fixes))
        new_files = tuple(dict.fromkeys((*before.new_files, *_new_files(fixes))))
        if source == before.source and new_files == before.new_files:
            return None
        report = lint_source(source, self.rules, _with(self.files, source, new_files), self.settings)
        if _does_harm(before.findings, report.findings, fixes):
            return None
        fixed = before.fixed + len(fixes)
        return replace(report, original=before.original, fixed=fixed, new_files=new_files)

    def first(self, before: Report, fixes: Sequence[Fix]) -> Report | None:
        """The file with the first of the fixes that can be applied by itself; the rest take other passes."""
        tried = (self.all(before, [fix]) for fix in fixes)
        return next((after for after in tried if after), None)


def _new_files(fixes: Iterable[Fix]) -> Iterator[NewFile]:
    return (file for fix in fixes for file in fix.new_files)


def _with(files: Files | None, source: Source, new_files: Iterable[NewFile]) -> Files | None:
    """The files as they would be after a fix."""
    if files is None:
        return None
    for each in (source, *(Source(file.path, file.text) for file in new_files)):
        files = files.having(each)
    return files


def _does_harm(before: Sequence[Finding], after: Sequence[Finding], fixes: Sequence[Fix]) -> bool:
    """Whether an environment is worse off after some fixes."""
    applied = set(fixes)
    codes = {each.code for each in before if not applied.isdisjoint(each.fixes)}
    had, has = (_held(findings, codes) for findings in (before, after))
    return not (has <= had and _refused(after) <= _refused(before))


def _held(findings: Iterable[Finding], codes: set[str]) -> set[tuple[str, str]]:
    """In which environments each of some rules finds something."""
    return {(each.code, name) for each in findings if each.code in codes for name in each.environments}


def _refused(findings: Iterable[Finding]) -> set[str]:
    """The environments in which Copilot refuses the manifest."""
    refused = (each.environments for each in findings if each.stage is Stage.COPILOT)
    return {environment for environments in refused for environment in environments}


def write(path: Path, report: Report) -> None:
    """Write what the fixes of a report changed, each file all of it or nothing.

    Raises OSError where a file cannot be written, or one that was to be made is there by now; the
    files that were not written yet are then as they were.
    """
    for file in report.new_files:
        _create(Path(file.path), file.text)
    if report.original is None or report.original.text != report.source.text:
        _replace(path, report.source)


def _create(path: Path, text: str) -> None:
    """Make a file; FileExistsError where there is one by now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise FileExistsError(EEXIST, os.strerror(EEXIST), str(path))
    _put(path, text.encode(), _NEW_MODE & ~_umask())


def _replace(path: Path, source: Source) -> None:
    """Replace a file; its mode stays, and a link stays a link."""
    target = path.resolve()
    _put(target, source.mark + source.text.encode(source.encoding), target.stat().st_mode)


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
