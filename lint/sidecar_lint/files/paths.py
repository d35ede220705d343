"""Paths as text: the folders that they name, and the names that they consist of.

pathlib would say the same, and takes as long to import as thirty rules.
"""

from __future__ import annotations

import os


def path_parts(path: str) -> tuple[str, ...]:
    """The names on the way; the first of an absolute path is where it begins: a root, a drive, or both."""
    drive, way = os.path.splitdrive(path)
    way = way.replace(os.altsep, os.sep) if os.altsep else way
    start = drive + os.sep if way.startswith(os.sep) else drive
    names = [name for name in way.split(os.sep) if name not in ("", os.curdir)]  # noqa: PTH206  see above
    return (start, *names) if start else tuple(names)


def folder_of(path: str) -> str:
    """The folder that a file is in, in the spelling of the path."""
    return os.path.normpath(os.path.dirname(path) or os.curdir)


def parent_of(folder: str) -> str:
    """The folder above, in the same spelling; `..` where that has none."""
    name = os.path.basename(folder)
    if name in ("", os.curdir, os.pardir):
        return os.path.normpath(os.path.join(folder, os.pardir))
    return os.path.normpath(os.path.dirname(folder) or os.curdir)
