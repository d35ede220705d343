"""The projects that the files of a run belong to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sidecar_lint.files.project_files import ProjectFiles
from sidecar_lint.files.project_root import is_repository, project_root, upwards
from sidecar_lint.files.reading import LARGEST, Unread

if TYPE_CHECKING:
    from sidecar_lint.files.store import FileStore
    from sidecar_lint.syntax.source import Source


class Projects:
    """Which project each file is in, by the nearest root going upwards."""

    def __init__(self, store: FileStore) -> None:
        self._store = store
        self._roots: dict[str, str] = {}
        self._repositories: dict[str, str | None] = {}

    def root(self, path: str) -> str:
        """The root of the project that a file belongs to, as an absolute path: where looking around ends."""
        start = os.path.dirname(os.path.abspath(path))
        if start not in self._roots:
            self._roots[start] = project_root(path, self._store.has_folder, self._repository)
        return self._roots[start]

    def of(self, path: str) -> ProjectFiles:
        """The files of the project that a file belongs to."""
        return ProjectFiles(self._store, self.root(path))

    def look(self, path: str, largest: int = LARGEST) -> Source | Unread:
        """A file that the user named, if it holds no more than `largest` bytes; or why it was not read.

        It may lie anywhere, but not behind a link that leads out of the project that it is in.
        """
        return self._store.buffer(path) or self._store.look(path, self.root(path), largest)

    def forget(self) -> None:
        """Something came or went: no folder is what it was."""
        self._roots.clear()
        self._repositories.clear()

    def _repository(self, folder: str) -> str | None:
        """The repository that an absolute folder is in, if it is in one: each folder is asked once."""
        passed: list[str] = []
        found = None
        for each in upwards(folder):
            if each in self._repositories:
                found = self._repositories[each]
                break
            passed.append(each)
            if is_repository(each):
                found = each
                break
        self._repositories.update(dict.fromkeys(passed, found))
        return found
