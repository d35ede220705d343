"""The names that a path consists of. pathlib would say the same, and takes as long to import as thirty rules."""

from __future__ import annotations

import os


def path_parts(path: str) -> tuple[str, ...]:
    """The names on the way; the first of an absolute path is where it begins: a root, a drive, or both."""
    drive, way = os.path.splitdrive(path)
    way = way.replace(os.altsep, os.sep) if os.altsep else way
    start = drive + os.sep if way.startswith(os.sep) else drive
    names = [name for name in way.split(os.sep) if name not in ("", os.curdir)]  # noqa: PTH206  see above
    return (start, *names) if start else tuple(names)
