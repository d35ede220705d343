"""Where a configuration is. Imported at every start."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sidecar_lint.files.project_files import ProjectFiles

NAMES: Final = (".sidecar-lint.yml", ".sidecar-lint.yaml")


def is_configuration(path: str) -> bool:
    """Whether a file is one by its name."""
    return os.path.basename(path) in NAMES


def locate(files: ProjectFiles, folder: str) -> str | None:
    """The configuration that lies in a folder, in the spelling of that; None where none does."""
    places = (os.path.normpath(os.path.join(folder, name)) for name in NAMES)
    return next(filter(files.is_there, places), None)
