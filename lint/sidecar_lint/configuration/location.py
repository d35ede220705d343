"""Where the configuration of a file is. Imported at every start."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from sidecar_lint.files.paths import folder_of, parent_of

if TYPE_CHECKING:
    from sidecar_lint.files.project_files import ProjectFiles

NAMES: Final = (".sidecar-lint.yml", ".sidecar-lint.yaml")


def is_configuration(path: str) -> bool:
    """Whether a file is one by its name."""
    return os.path.basename(path) in NAMES


def locate(files: ProjectFiles, path: str) -> str | None:
    """The configuration of a file: the nearest one going upwards, in the spelling of its path.

    The search ends at the root of the project: what lies around it is somebody else's.
    """
    folder = folder_of(path)
    while True:
        for name in NAMES:
            found = os.path.normpath(os.path.join(folder, name))
            if files.is_there(found):
                return found
        if os.path.abspath(folder) == files.root:
            return None
        folder = parent_of(folder)
