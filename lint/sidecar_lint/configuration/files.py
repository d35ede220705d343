"""Which configuration is for which file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sidecar_lint.configuration.location import is_configuration, locate
from sidecar_lint.files.paths import folder_of, parent_of
from sidecar_lint.files.reading import Unread
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from sidecar_lint.configuration.file import ConfigurationFile
    from sidecar_lint.files.projects import Projects


class ConfigurationFiles:
    """The configurations of a run's files: of each, the nearest going upwards.

    One that is `named` counts for all of them instead, and where they are `isolated`, none counts. Rules that a
    configuration names are loaded where `plugins` allows it.
    """

    def __init__(
        self, projects: Projects, named: str | None = None, *, isolated: bool = False, plugins: bool = False
    ) -> None:
        #: Whether no configuration counts.
        self.isolated = isolated
        self._projects = projects
        self._named = named
        self._plugins = plugins
        #: By the folders of the files that they are for, and by where they are.
        self._by_folder: dict[str, ConfigurationFile | None] = {}
        #: Where the nearest is, by folder and by the root at which the search ends.
        self._nearest: dict[tuple[str, str], str | None] = {}
        self._by_path: dict[str, ConfigurationFile] = {}

    def of(self, path: str) -> ConfigurationFile | None:
        """What is configured for a file; None where nothing is."""
        start = os.path.dirname(os.path.abspath(path))
        if start not in self._by_folder:
            found = None if self.isolated else self._named or self._around(path)
            self._by_folder[start] = self._at(found) if found else None
        return self._by_folder[start]

    def of_text(self, source: Source) -> ConfigurationFile:
        """A text as a configuration: that of the files around it, where it is that one."""
        known = self.of(source.path)
        return known if known and known.source is source else self._made(source)

    def has(self, path: str) -> bool:
        """Whether a file is a configuration, by its name or because it was named as one."""
        named = self._named
        return is_configuration(path) or (
            named is not None and os.path.abspath(named) == os.path.abspath(path)
        )

    def allow_plugins(self, *, allowed: bool) -> None:
        """Say whether they may be loaded; what is configured is then looked at anew."""
        if allowed != self._plugins:
            self._plugins = allowed
            self.forget()

    def having(self, projects: Projects, *sources: Source) -> ConfigurationFiles:
        """Those of the same files, some of them with other texts."""
        other = ConfigurationFiles(projects, self._named, isolated=self.isolated, plugins=self._plugins)
        if not any(self.has(source.path) for source in sources):
            other._by_folder, other._by_path = self._by_folder, self._by_path
        return other

    def forget(self) -> None:
        """One may be another by now, or somewhere else."""
        self._by_folder.clear()
        self._nearest.clear()
        self._by_path.clear()

    def _around(self, path: str) -> str | None:
        """The nearest configuration going upwards, in the spelling of the first path that led there.

        The search ends at the root of the project: what lies around it is somebody else's.
        """
        files, folder = self._projects.of(path), folder_of(path)
        passed: list[tuple[str, str]] = []
        found = None
        while (key := (os.path.abspath(folder), files.root)) not in self._nearest:
            passed.append(key)
            found = locate(files, folder)
            if found or key[0] == files.root:
                break
            folder = parent_of(folder)
        found = self._nearest.get(key, found)
        self._nearest.update(dict.fromkeys(passed, found))
        return found

    def _at(self, path: str) -> ConfigurationFile:
        key = os.path.abspath(path)
        if key not in self._by_path:
            found = self._projects.look(path)
            read = (Source(path, ""), found) if isinstance(found, Unread) else (found, None)
            self._by_path[key] = self._made(*read)
        return self._by_path[key]

    def _made(self, source: Source, unread: Unread | None = None) -> ConfigurationFile:
        from sidecar_lint.configuration.file import ConfigurationFile

        return ConfigurationFile(
            source, self._projects.of(source.path), unread, plugins_allowed=self._plugins
        )
