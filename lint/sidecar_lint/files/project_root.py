"""Where a project ends: nothing outside its root is asked what it says about a file inside. Imported at every start."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COPILOT: Final = "copilot"
#: A folder in a clone, a file in a submodule or a worktree.
_REPOSITORY: Final = ".git"


def project_root(
    path: str,
    is_folder: Callable[[str], bool] = os.path.isdir,
    repository: Callable[[str], str | None] | None = None,
) -> str:
    """The root of the project that a file belongs to, as an absolute path; no link is followed.

    It is the nearest folder with `.git` going up from the file, else the nearest that holds the
    `copilot/` folder, else the file's own folder. The file need not exist, nor the folder it is in:
    `is_folder` says of an absolute path whether it is one, and may know more than the disk; `repository`
    may know `repository_root`.
    """
    return enclosing_root(path, is_folder, repository) or os.path.dirname(os.path.abspath(path))


def enclosing_root(
    path: str,
    is_folder: Callable[[str], bool] = os.path.isdir,
    repository: Callable[[str], str | None] | None = None,
) -> str | None:
    """The same where there is a repository or a `copilot/` folder; None where a file belongs to neither."""
    folder = os.path.dirname(os.path.abspath(path))
    return (repository or repository_root)(folder) or _copilot_holder(folder, is_folder)


def is_inside(path: str, root: str) -> bool:
    """Whether an absolute path is a root or lies below it, as it is spelt."""
    return (path + os.sep).startswith(root.rstrip(os.sep) + os.sep)


def repository_root(folder: str) -> str | None:
    """The nearest folder with `.git`, going up from an absolute one; None where there is none."""
    return next(filter(is_repository, upwards(folder)), None)


def is_repository(folder: str) -> bool:
    """Whether a folder is the root of a repository."""
    return os.path.lexists(os.path.join(folder, _REPOSITORY))


def _copilot_holder(folder: str, is_folder: Callable[[str], bool]) -> str | None:
    """The folder that holds `copilot/`: a path through it names that folder, whether it is on disk or not."""
    for each in upwards(folder):
        if os.path.basename(each) == COPILOT:
            return os.path.dirname(each)
        if is_folder(os.path.join(each, COPILOT)):
            return each
    return None


def upwards(folder: str) -> Iterator[str]:
    """An absolute folder and those around it, up to the root of the file system."""
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        folder = above
        yield folder
