"""Where the configuration of a file is. Imported at every start."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sidecar_lint.workspace.files import Files

NAMES: Final = (".sidecar-lint.yml", ".sidecar-lint.yaml")
_REPOSITORY: Final = ".git"


def is_configuration(path: str) -> bool:
    """Whether a file is one by its name."""
    return os.path.basename(path) in NAMES


def locate(files: Files, path: str) -> str | None:
    """The configuration of a file: the nearest one going upwards, in the spelling of its path.

    The search ends at the top of a repository: what lies around it is not what its readers see.
    """
    from sidecar_lint.workspace.workspace import folder_of, parent_of

    folder = folder_of(path)
    while True:
        for name in NAMES:
            found = os.path.normpath(os.path.join(folder, name))
            if files.is_file(found):
                return found
        here = os.path.abspath(folder)
        if os.path.dirname(here) == here or os.path.exists(os.path.join(here, _REPOSITORY)):
            return None
        folder = parent_of(folder)
