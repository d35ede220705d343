"""The files of one project: nothing outside of its root is looked at, whoever asks and however it is spelt."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sidecar_lint.files.reading import LARGEST, Reason, Unread, is_below

if TYPE_CHECKING:
    from sidecar_lint.files.store import FileStore
    from sidecar_lint.syntax.source import Source


class ProjectFiles:
    """The files below `root`, an absolute path; of any other it is not even known whether it is there."""

    def __init__(self, store: FileStore, root: str) -> None:
        self.root = root
        self._store = store

    def encloses(self, path: str) -> bool:
        """Whether a path stays below the root, before any link is followed."""
        return is_below(os.path.abspath(path), self.root)

    def look(self, path: str, largest: int = LARGEST) -> Source | Unread:
        """A file's text, or why it was not read: no rule may take a file for missing that is only unread."""
        return self._store.look(path, self.root, largest)

    def source(self, path: str) -> Source | None:
        """A file's text; None where it was not read, for whatever reason."""
        found = self.look(path)
        return None if isinstance(found, Unread) else found

    def unread(self, path: str) -> Unread | None:
        """Why a file would not be read, as far as that shows without reading it; None where it would."""
        return self._store.unread(path, self.root)

    def is_file(self, path: str) -> bool:
        """Whether there is a file that can be read."""
        return self.unread(path) is None

    def is_missing(self, path: str) -> bool:
        """Whether there surely is no such file, nor anything else of that name."""
        unread = self.unread(path)
        return unread is not None and unread.is_missing

    def is_there(self, path: str) -> bool:
        """Whether there surely is something of this name, whether it can be read or not."""
        unread = self.unread(path)
        if unread and unread.reason is Reason.OUTSIDE:
            return os.path.islink(path)
        return not (unread and unread.is_missing)

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder, if only of unsaved files."""
        return self._store.is_folder(path, self.root)

    def listing(self, folder: str) -> tuple[str, ...] | Unread:
        """What a folder holds, sorted, unsaved files included; or why it was not read."""
        return self._store.listing(folder, self.root)

    def names(self, folder: str) -> tuple[str, ...]:
        """The same; nothing where it was not read, for whatever reason."""
        found = self.listing(folder)
        return () if isinstance(found, Unread) else found

    def is_ignored(self, path: str) -> bool | None:
        """Whether git leaves a file out of commits, there or not; None where that cannot be told."""
        from sidecar_lint.files.gitignore import is_ignored

        return is_ignored(self._store, path) if self.encloses(path) else None
