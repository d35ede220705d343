"""Telling a path of the repository from the reference of an image."""

from __future__ import annotations

import re

#: `docker/dockerfile` is an image; with a capital it can only be the file.
_PATH = re.compile(r"\.{0,2}/.*|(?:.*/)?Dockerfile(?:[.-][^/:]*)?", re.DOTALL)


def is_path(text: str) -> bool:
    """Whether a text given as an image can only be meant as a path."""
    return _PATH.fullmatch(text) is not None
