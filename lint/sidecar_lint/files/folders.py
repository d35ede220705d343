"""Folders in the spelling of a path."""

from __future__ import annotations

import os


def folder_of(path: str) -> str:
    """The folder that a file is in, in the spelling of the path."""
    return os.path.normpath(os.path.dirname(path) or os.curdir)


def parent_of(folder: str) -> str:
    """The folder above, in the same spelling; `..` where that has none."""
    name = os.path.basename(folder)
    if name in ("", os.curdir, os.pardir):
        return os.path.normpath(os.path.join(folder, os.pardir))
    return os.path.normpath(os.path.dirname(folder) or os.curdir)
