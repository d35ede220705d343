"""The files of a run, the workspaces that they lie in, and what is configured for them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sidecar_lint.configuration.location import is_configuration, locate
from sidecar_lint.files.project_files import ProjectFiles
from sidecar_lint.files.project_root import project_root
from sidecar_lint.files.reading import LARGEST, Unread
from sidecar_lint.files.store import FileStore, TextChange, Unsaved
from sidecar_lint.syntax.source import Source
from sidecar_lint.workspace.workspace import Workspace, workspace_folder

if TYPE_CHECKING:
    from collections import Counter

    from sidecar_lint.configuration.file import ConfigurationFile


class Files:
    """The files of one run. Paths are taken in any spelling, and kept in the user's.

    `unsaved` has texts that win over what is on disk, or stand for files that are not there; None
    hides a file. The configuration of a file is the nearest going upwards: `configured_by` is one
    that counts for all of them instead, and where they are `isolated`, none counts. Rules that a
    configuration names are code of the repository: they are loaded where `plugins` allows it.

    What the user named is asked for here; what a file of a project names, of that `project`.
    """

    def __init__(
        self,
        unsaved: Unsaved | None = None,
        *,
        configured_by: str | None = None,
        isolated: bool = False,
        plugins: bool = False,
    ) -> None:
        self._store = FileStore(unsaved)
        self._workspaces: dict[str, Workspace] = {}
        self._around: dict[str, Workspace | None] = {}
        self._roots: dict[str, str] = {}
        self._configured_by = configured_by
        #: Whether no configuration counts.
        self.isolated = isolated
        self._plugins = plugins
        #: By the folders of the files that they are for, and by where they are.
        self._configurations: dict[str, ConfigurationFile | None] = {}
        self._configurations_at: dict[str, ConfigurationFile] = {}

    @property
    def reads(self) -> Counter[str]:
        """How often each file was read from disk."""
        return self._store.reads

    def look(self, path: str, largest: int = LARGEST) -> Source | Unread:
        """A file that the user named, if it holds no more than `largest` bytes; or why it was not read.

        It may lie anywhere, but not behind a link that leads out of the project that it is in.
        """
        return self._store.buffer(path) or self._store.look(path, self.root(path), largest)

    def read(self, path: str, largest: int = LARGEST) -> Source:
        """The same; raises OSError where it is not read."""
        found = self.look(path, largest)
        if isinstance(found, Unread):
            raise found.error(path)
        return found

    def project(self, path: str) -> ProjectFiles:
        """The files of the project that a file belongs to."""
        return ProjectFiles(self._store, self.root(path))

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
        start = os.path.dirname(os.path.abspath(path))
        if start not in self._roots:
            self._roots[start] = project_root(path, self._store.has_folder)
        return self._roots[start]

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
        start = os.path.dirname(os.path.abspath(path))
        if start not in self._configurations:
            found = None if self.isolated else self._configured_by or locate(self.project(path), path)
            self._configurations[start] = self._configuration(found) if found else None
        return self._configurations[start]

    def as_configuration(self, source: Source) -> ConfigurationFile:
        """A text as a configuration: that of the files around it, where it is that one."""
        known = self.configuration(source.path)
        return known if known and known.source is source else self._as_configuration(source)

    def allow_plugins(self, *, allowed: bool) -> None:
        """Say whether they may; what is configured is then looked at anew."""
        if allowed != self._plugins:
            self._plugins = allowed
            self._forget_configurations()

    def is_configuration(self, path: str) -> bool:
        """Whether a file is a configuration, by its name or because it was named as one."""
        named = self._configured_by
        return is_configuration(path) or (
            named is not None and os.path.abspath(named) == os.path.abspath(path)
        )

    def having(self, *sources: Source) -> Files:
        """The same files, some of them with other texts. What was read already is not read again."""
        named, plugins = self._configured_by, self._plugins
        other = Files(configured_by=named, isolated=self.isolated, plugins=plugins)
        other._store = self._store.having(*sources)
        if not any(self.is_configuration(source.path) for source in sources):
            other._configurations = self._configurations
            other._configurations_at = self._configurations_at
        return other

    def _note(self, path: str, change: TextChange | None) -> None:
        """Forget what was derived from a file that has changed; keep what others are."""
        if change is None:
            return
        if is_configuration(path) or not path.endswith((".yml", ".yaml")):  # a baseline, a rule
            self._forget_configurations()
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
        for cache in (self._workspaces, self._around, self._roots):
            cache.clear()
        self._forget_configurations()

    def _forget_configurations(self) -> None:
        self._configurations.clear()
        self._configurations_at.clear()

    def _workspace(self, path: str) -> Workspace | None:
        folder = workspace_folder(self.project(path), path)
        if folder is None:
            return None
        key = os.path.abspath(folder)
        if key not in self._workspaces:
            self._workspaces[key] = Workspace(
                self.project(os.path.join(folder, "x")), folder, self.configuration
            )
        return self._workspaces[key]

    def _configuration(self, path: str) -> ConfigurationFile:
        key = os.path.abspath(path)
        if key not in self._configurations_at:
            found = self.look(path)
            read = (Source(path, ""), found) if isinstance(found, Unread) else (found, None)
            self._configurations_at[key] = self._as_configuration(*read)
        return self._configurations_at[key]

    def _as_configuration(self, source: Source, unread: Unread | None = None) -> ConfigurationFile:
        from sidecar_lint.configuration.file import ConfigurationFile

        project = self.project(source.path)
        return ConfigurationFile(source, project, unread, plugins_allowed=self._plugins)
