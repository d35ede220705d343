"""What could not be done: a path that could not be used, and why."""

from __future__ import annotations

from typing import NamedTuple


class PathProblem(NamedTuple):
    """A path that could not be used, and why; `file` is None where no path is to blame."""

    file: str | None
    message: str
