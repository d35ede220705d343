"""Putting files right: fixes are applied until none is left, and the result is written in one step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from difflib import unified_diff
from io import StringIO
from pathlib import Path
from typing import Final

from sidecar_lint.engine import Report, lint_source
from sidecar_lint.finding import Finding, Fix, Stage
from sidecar_lint.fixing import apply, first_fixes, together
from sidecar_lint.rule import Rule
from sidecar_lint.source import Source

#: One fix can make room for another; what goes on for longer than this goes round in circles.
_PASSES: Final = 10


def rewrite(source: Source, rules: Sequence[Rule], *, unsafe: bool) -> Report:
    """Apply every fix that is safe, or with `unsafe` every fix there is; nothing is written.

    A fix after which Copilot would refuse an environment that it accepted before is left out: the
    finding stays, and says what to write.
    """
    report = replace(lint_source(source, rules), original=source)
    for _ in range(_PASSES):
        fixes = together(first_fixes(report.findings, unsafe=unsafe))
        after = _try(report, fixes, rules) or _one_by_one(report, fixes, rules)
        if after.source.text == report.source.text:
            break
        report = after
    return report


def _try(before: Report, fixes: Sequence[Fix], rules: Sequence[Rule]) -> Report | None:
    """The file with these fixes; None where Copilot then refuses more environments."""
    source = replace(before.source, text=apply(before.source.text, fixes))
    report = lint_source(source, rules)
    if not _refused(report.findings) <= _refused(before.findings):
        return None
    return replace(report, original=before.original, fixed=before.fixed + len(fixes))


def _one_by_one(before: Report, fixes: Sequence[Fix], rules: Sequence[Rule]) -> Report:
    """The file with the first of the fixes that can be applied by itself; the rest take other passes."""
    tried = (_try(before, [fix], rules) for fix in fixes)
    return next((after for after in tried if after), before)


def _refused(findings: Iterable[Finding]) -> set[str]:
    """The environments in which Copilot refuses the manifest."""
    refused = (each.environments for each in findings if each.stage is Stage.COPILOT)
    return {environment for environments in refused for environment in environments}


def diff(before: Source, after: Source) -> str:
    """What would change, as a unified diff; empty where nothing does."""
    old, new = (list(StringIO(source.text, newline="")) for source in (before, after))
    lines = unified_diff(old, new, before.path, after.path)
    ended = (line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)
    return "".join(ended)


def write(path: Path, source: Source) -> None:
    """Replace a file, all of it or nothing; its mode stays, and a link stays a link.

    Raises OSError where that cannot be done; the file is then as it was.
    """
    target = path.resolve()
    mode = target.stat().st_mode
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(source.mark + source.text.encode(source.encoding))
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
