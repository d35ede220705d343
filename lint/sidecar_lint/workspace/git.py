"""What git says of a file. Git is asked rather than imitated, and need not be there."""

from __future__ import annotations

import os
import subprocess
from typing import Final

_PATIENCE: Final = 5.0
_IGNORED: Final = 0
_NOT_IGNORED: Final = 1


def is_ignored(path: str) -> bool | None:
    """Whether git leaves a file out of commits; None where it is not asked, or does not know.

    A file that is committed all the same is not ignored. `path` need not exist, nor the folder it is in.
    """
    file = os.path.abspath(path)
    folder = os.path.dirname(file)
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
    name = os.path.relpath(file, folder)
    # A file system monitor that a repository configures is a program; nothing of the kind is started.
    command = ("git", "-c", "core.fsmonitor=false", "-C", folder, "check-ignore", "--quiet", "--", name)
    try:
        run = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return {_IGNORED: True, _NOT_IGNORED: False}.get(run.returncode)
