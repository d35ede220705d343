"""The projects that the files of a run belong to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sidecar_lint.files.project_files import ProjectFiles
from sidecar_lint.files.project_root import project_root
from sidecar_lint.files.reading import LARGEST, Unread

if TYPE_CHECKING:
    from sidecar_lint.files.store import FileStore
    from sidecar_lint.syntax.source import Source


class Projects:
    """Which project each file is in, by the nearest root going upwards."""

    def __init__(self, store: FileStore) -> None:
        self._store = store
        self._roots: dict[str, str] = {}

    def root(self, path: str) -> str:
        """The root of the project that a file belongs to, as an absolute path: where looking around ends."""
        start = os.path.dirname(os.path.abspath(path))
        if start not in self._roots:
            self._roots[start] = project_root(path, self._store.has_folder)
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
