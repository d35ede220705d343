"""Why a file that a manifest names, and that is not here, may be there where somebody deploys."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sidecar_lint.syntax.nearest import closest

if TYPE_CHECKING:
    from sidecar_lint.workspace.workspace import Workspace


def missing_folder(workspace: Workspace, path: str) -> str | None:
    """The folder at the top of the project that a path leads into, where that is not here either.

    It may be made or checked out before a deployment; none where one has nearly this name.
    """
    first, _, rest = os.path.normpath(path.lstrip("/")).partition(os.sep)
    names = workspace.files.names(workspace.project)
    return first if rest and first not in (os.pardir, *names) and not closest(first, names) else None


def with_slashes(workspace: Workspace, path: str) -> str | None:
    """A path with slashes for its backslashes, where that is a file: on Windows both are one."""
    slashed = path.replace("\\", "/")
    return slashed if slashed != path and workspace.files.is_file(workspace.path(slashed)) else None
