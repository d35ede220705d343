"""Linting files: each, and what belongs to it, with what is configured for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.effective_configuration.configurations import Configurations
from sidecar_lint.files.reading import Unread
from sidecar_lint.linting.discovery import WorkQueue
from sidecar_lint.linting.engine import lint_source
from sidecar_lint.linting.unread import lint_unread, look
from sidecar_lint.rulebook.registry import plugins_allowed
from sidecar_lint.workspace.files import Files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sidecar_lint.linting.report import Report
    from sidecar_lint.rulebook.rule import Rule


def lint_paths(
    paths: Iterable[str | Path],
    rules: Sequence[Rule] | None = None,
    files: Files | None = None,
    *,
    allow_plugins: bool = False,
) -> Iterator[Report]:
    """Lint files, and what belongs to them (addons, a collector's configuration), each once.

    What is configured for a file is in force. A configuration comes after the file for which it was
    found, where it has mistakes. Rules that it names are code of the repository: they are loaded with
    `allow_plugins`, or where SIDECAR_LINT_ALLOW_PLUGINS is 1. `files` may have texts that are not saved
    yet; then it says whether they may be loaded. Raises OSError for a path that cannot be read; what
    belongs to a file and cannot be read is a finding.
    """
    files = files or Files(plugins=plugins_allowed(asked=allow_plugins))
    configurations = Configurations(rules=rules)
    named = dict.fromkeys(map(str, paths))
    queue = WorkQueue(named)
    for path in queue:
        force = configurations.of(path, files)
        found = files.read(path) if path in named else look(path, files)
        if isinstance(found, Unread):
            report = lint_unread(path, found, force.rules, force.settings)
        else:
            report = lint_source(found, force.rules, files, force.settings)
        queue.add((*force.mistaken, *report.companions))
        yield report
        report.source.keep_text_only()
