"""A folder that nothing was in: no link in it can lead anywhere else."""

from __future__ import annotations

import os
from errno import EEXIST, ELOOP
from typing import TYPE_CHECKING

from sidecar_lint.files.writing import create

if TYPE_CHECKING:
    from collections.abc import Mapping


class FolderInUseError(OSError):
    """The path is no new or empty folder."""


def new_folder(path: str) -> str:
    """Make a folder, or take an empty one, anywhere. Its real path.

    Raises FolderInUseError where something else is there, a link included, and OSError.
    """
    if os.path.islink(path):
        raise FolderInUseError(ELOOP, "it is a link", path)
    if os.path.lexists(path) and (not os.path.isdir(path) or os.listdir(path)):
        raise FolderInUseError(EEXIST, "it is not a new or empty folder", path)
    os.makedirs(path, exist_ok=True)
    return os.path.realpath(path)


def write_files(folder: str, files: Mapping[str, str]) -> None:
    """Write texts below a folder, by their names there (`a/b.json`). Raises OSError."""
    for name, text in files.items():
        create(os.path.join(folder, *name.split("/")), text.encode("utf-8", "replace"), folder)
