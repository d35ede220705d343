"""The files of a run, the workspaces that they lie in, and what is configured for them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sidecar_lint.configuration.files import ConfigurationFiles
from sidecar_lint.configuration.location import is_configuration
from sidecar_lint.files.projects import Projects
from sidecar_lint.files.reading import LARGEST, Unread
from sidecar_lint.files.store import FileStore, TextChange, Unsaved
from sidecar_lint.workspace.workspace import Workspace, workspace_folder

if TYPE_CHECKING:
    from collections import Counter

    from sidecar_lint.configuration.file import ConfigurationFile
    from sidecar_lint.files.project_files import ProjectFiles
    from sidecar_lint.syntax.source import Source


class Files:
    """The files of one run. Paths are taken in any spelling, and kept in the user's.

    `unsaved` has texts that win over what is on disk, or stand for files that are not there; None
    hides a file. The configuration of a file is the nearest going upwards: `configured_by` is one
    that counts for all of them instead, and where they are `isolated`, none counts. Rules that a
    configuration names are code of the repository: they are loaded where `plugins` allows it. Files that are
    `at_rest` stay on disk as they are, for all that anybody asks here.

    What the user named is asked for here; what a file of a project names, of that `project`.
    """

    def __init__(
        self,
        unsaved: Unsaved | None = None,
        *,
        configured_by: str | None = None,
        isolated: bool = False,
        plugins: bool = False,
        at_rest: bool = False,
    ) -> None:
        self._store = FileStore(unsaved, at_rest=at_rest)
        self._projects = Projects(self._store)
        self._configurations = ConfigurationFiles(
            self._projects, configured_by, isolated=isolated, plugins=plugins
        )
        self._workspaces: dict[str, Workspace] = {}
        self._around: dict[str, Workspace | None] = {}

    @property
    def isolated(self) -> bool:
        """Whether no configuration counts."""
        return self._configurations.isolated

    @property
    def reads(self) -> Counter[str]:
        """How often each file was read from disk."""
        return self._store.reads

    def look(self, path: str, largest: int = LARGEST) -> Source | Unread:
        """A file that the user named, if it holds no more than `largest` bytes; or why it was not read.

        It may lie anywhere, but not behind a link that leads out of the project that it is in.
        """
        return self._projects.look(path, largest)

    def read(self, path: str, largest: int = LARGEST) -> Source:
        """The same; raises OSError where it is not read."""
        found = self.look(path, largest)
        if isinstance(found, Unread):
            raise found.error(path)
        return found

    def project(self, path: str) -> ProjectFiles:
        """The files of the project that a file belongs to."""
        return self._projects.of(path)

    def is_ignored(self, path: str) -> bool | None:
        """Whether git leaves a file out of commits, there or not; None where that cannot be told."""
        from sidecar_lint.files.gitignore import is_ignored

        return is_ignored(self._store, path)

    def workspace(self, path: str) -> Workspace | None:
        """The workspace that a file lies in or beside; None where there is no `copilot/` folder."""
        start = os.path.dirname(os.path.abspath(path))
        if start not in self._around:
            self._around[start] = self._workspace(path)
        return self._around[start]

    def root(self, path: str) -> str:
        """The root of the project that a file belongs to, as an absolute path: where looking around ends."""
        return self._projects.root(path)

    def put(self, path: str, text: str) -> bool:
        """From now on a file has this text, whatever is on disk; False where it had it before."""
        change = self._store.put(path, text)
        self._note(path, change)
        return change is not None

    def release(self, path: str) -> None:
        """From now on a file is again what it is on disk."""
        self._note(path, self._store.release(path))

    def forget(self, path: str) -> None:
        """A file may be another on disk: what is known of it is dropped, and nothing else."""
        self._note(path, self._store.forget(path))

    def refresh(self) -> list[str]:
        """Forget what is no longer as it was on disk; the files and folders that this holds for."""
        changed = self._store.stale()
        for path in changed:
            if self._store.is_listed(path):
                self._forget_places()
            self.forget(path)
        return changed

    def configuration(self, path: str) -> ConfigurationFile | None:
        """What is configured for a file; None where nothing is."""
        return self._configurations.of(path)

    def as_configuration(self, source: Source) -> ConfigurationFile:
        """A text as a configuration: that of the files around it, where it is that one."""
        return self._configurations.of_text(source)

    def allow_plugins(self, *, allowed: bool) -> None:
        """Say whether they may; what is configured is then looked at anew."""
        self._configurations.allow_plugins(allowed=allowed)

    def is_configuration(self, path: str) -> bool:
        """Whether a file is a configuration, by its name or because it was named as one."""
        return self._configurations.has(path)

    def having(self, *sources: Source) -> Files:
        """The same files, some of them with other texts. What was read already is not read again."""
        other = Files()
        other._store = self._store.having(*sources)
        other._projects = Projects(other._store)
        other._configurations = self._configurations.having(other._projects, *sources)
        return other

    def _note(self, path: str, change: TextChange | None) -> None:
        """Forget what was derived from a file that has changed; keep what others are."""
        if change is None:
            return
        if is_configuration(path) or not path.endswith((".yml", ".yaml")):  # a baseline, a rule
            self._configurations.forget()
        if change.came_or_went:
            self._forget_places()
        elif change.was_read:
            self._renew(os.path.abspath(path))

    def _renew(self, key: str) -> None:
        """A file that was read has another text."""
        renewed = {id(each): each.renewed(key) for each in self._workspaces.values()}
        self._workspaces = {folder: renewed[id(each)] for folder, each in self._workspaces.items()}
        self._around = {start: each and renewed[id(each)] for start, each in self._around.items()}

    def _forget_places(self) -> None:
        """Something came or went: no folder is what it was."""
        self._store.forget_names()
        self._workspaces.clear()
        self._around.clear()
        self._projects.forget()
        self._configurations.forget()

    def _workspace(self, path: str) -> Workspace | None:
        folder = workspace_folder(self.project(path), path)
        if folder is None:
            return None
        key = os.path.abspath(folder)
        if key not in self._workspaces:
            files = self.project(os.path.join(folder, "x"))
            self._workspaces[key] = Workspace(files, folder, self._configurations)
        return self._workspaces[key]
