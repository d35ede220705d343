"""Small projects to try things on: every fixture workspace, and every example of every rule."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workspaces import CASES

from sidecar_lint import Files
from sidecar_lint.effective_configuration.configurations import Configurations
from sidecar_lint.fixing.rounds import LintRun, lint_to_change
from sidecar_lint.linting.discovery import WorkQueue
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.testing import NOWHERE, parse

if TYPE_CHECKING:
    from collections.abc import Iterator


class Project(NamedTuple):
    """Texts by their paths, none of which need be on disk; `folder` is where what else there is lies."""

    name: str
    texts: dict[str, str]

    def files(self) -> Files:
        """The files of a new run."""
        return Files(dict(self.texts))

    def having(self, texts: dict[str, str]) -> Project:
        """The same with other texts."""
        return self._replace(texts={**self.texts, **texts})


def examples() -> Iterator[Project]:
    """The bad examples of all rules."""
    for rule in load_rules():
        for number, bad in enumerate(rule.bad):
            files = parse(bad.text).files
            texts = {os.path.join(NOWHERE, path): text for path, text in files.items()}
            yield Project(f"{rule.code}-{number}", texts)


def workspaces() -> Iterator[Project]:
    """The fixtures; what is no text, or not ours, is read from disk."""
    for case in CASES:
        paths = [path for path in case.rglob("*.y*ml") if path.is_file()]
        yield Project(case.name, {str(path): text for path in paths if (text := _text(path)) is not None})


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None


def linted(project: Project, files: Files) -> list[LintRun]:
    """What is found in each file of a project with what is in force for it, and in what belongs to it."""
    configurations = Configurations(rules=load_rules())
    runs, queue = [], WorkQueue(sorted(path for path in project.texts if _is_named(path)))
    for path in queue:
        force = configurations.of(path, files)
        run = lint_to_change(files.read(path), force.rules, files, force.settings, judges=force.left_out)
        queue.add(run.report.companions)
        runs.append(run)
    return runs


def _is_named(path: str) -> bool:
    """Whether a user would name the file: no pipeline, nothing that belongs to an environment or an override."""
    *folders, name = Path(path).parts
    inside = "overrides" in folders or "pipelines" in folders
    return not inside and ("environments" not in folders or name == "manifest.yml")
