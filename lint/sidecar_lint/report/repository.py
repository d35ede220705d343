"""Paths as services name them: from the root of the repository."""

from __future__ import annotations

import os
from functools import cache

from sidecar_lint.files.project_root import repository_root


def repository_path(path: str) -> str:
    """A path from the repository's root, with slashes; absolute where it lies elsewhere.

    The root is the nearest folder around the current one that git knows; without git the current
    folder. What is no path (`<stdin>`) stays as it is.
    """
    here = os.getcwd()
    root = _root(here) or here
    absolute = os.path.abspath(path)
    below = root.rstrip(os.sep) + os.sep
    return absolute.removeprefix(below).replace(os.sep, "/")


_root = cache(repository_root)
