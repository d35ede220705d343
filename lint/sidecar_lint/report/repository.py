"""Paths as services name them: from the root of the repository."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path


def repository_path(path: str) -> str:
    """A path from the repository's root, with slashes; absolute where it lies elsewhere.

    The root is the nearest folder around the current one that git knows; without git the current
    folder. What is no path (`<stdin>`) stays as it is.
    """
    root = _root(os.getcwd())
    absolute = os.path.abspath(path)
    below = root.rstrip(os.sep) + os.sep
    return Path(absolute.removeprefix(below)).as_posix()


@cache
def _root(here: str) -> str:
    return next((folder for folder in _upwards(here) if os.path.exists(os.path.join(folder, ".git"))), here)


def _upwards(folder: str) -> Iterator[str]:
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above
