"""A value that can be written at a place."""

from __future__ import annotations

import os
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.language.cursor import Cursor
    from sidecar_lint.workspace.workspace import Workspace


class Choice(NamedTuple):
    """A value that can be written; `kind` as in Completion."""

    text: str
    kind: str = "value"
    detail: str = ""
    rank: int = 1


def files_below(workspace: Workspace, at: Cursor, wanted: str) -> Iterator[Choice]:
    """Files that a pattern fits, and folders, below what is written so far; folders alone for no pattern."""
    folder = at.typed.strip("'\"").rpartition("/")[0]
    for name in workspace.files.names(workspace.path(folder)):
        path = os.path.join(folder, name)
        if workspace.files.is_folder(workspace.path(path)):
            if name[0] != ".":
                yield Choice(path if not wanted else f"{path}/", "file", "folder", 2)
        elif wanted and fnmatch(name, wanted):
            yield Choice(path, "file", "file", 0)
