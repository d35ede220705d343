"""Reading what a path leads to, of which nobody knows yet what it is.

Nothing outside of a root is opened, through `..` or through a link; nothing is but plain files, as a
pipe keeps its reader waiting and a device may do anything; and no more is read than a limit allows.
"""

from __future__ import annotations

import os
import stat
from enum import StrEnum
from errno import EINVAL, ENAMETOOLONG, ENOENT, ENOTDIR
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO, Final

from sidecar_lint.files.paths import path_parts
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

#: Of the files that are linted, and of those around them, none that matters is a tenth as large, in bytes.
LARGEST: Final = 4 << 20
#: A baseline of this size has more than 100,000 findings.
LARGEST_BASELINE: Final = 16 << 20
#: A longer path, in characters, leads nowhere on any system, and would take long to follow.
_LONGEST_PATH: Final = 4096
#: Of what lies in more folders no folder is asked by itself.
_DEEPEST: Final = 100
#: Whoever opens a pipe waits for its writer, and a terminal may become that of the process. The path
#: has no link in it any more: if it has one now, somebody put it there meanwhile.
_FLAGS: Final = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK")
)
_MISSING: Final = frozenset((ENOENT, ENOTDIR, ENAMETOOLONG, EINVAL))
_GIT: Final = ".git"


class Reason(StrEnum):
    """Why a file was not read. Only of one that is `MISSING` is it known that it is not there."""

    MISSING = "missing"
    #: Not below the root, or a part of the repository's own data, in which there may be credentials.
    OUTSIDE = "outside"
    FOLDER = "folder"
    #: A pipe, a socket, a device.
    NOT_REGULAR = "not-regular"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


class Unread(NamedTuple):
    """A file that was not read, and why: `text` goes after `cannot read it:`."""

    reason: Reason
    text: str
    #: As in `errno`, where the system refused it.
    number: int = 0

    @property
    def is_missing(self) -> bool:
        """Whether there surely is no such file."""
        return self.reason is Reason.MISSING

    @property
    def is_skipped(self) -> bool:
        """Whether it is not to be read, rather than that it cannot be."""
        return self.reason in (Reason.OUTSIDE, Reason.FOLDER, Reason.NOT_REGULAR)

    def error(self, path: str) -> OSError:
        """The same as an exception, for those who named the file themselves."""
        return OSError(self.number, self.text, path)


def read_bytes(path: str, within: str, largest: int = LARGEST) -> bytes | Unread:
    """What a plain file below the folder `within` holds, if that is no more than `largest` bytes."""
    place = locate(path, within)
    if isinstance(place, Unread):
        return place
    try:
        return _refusal(os.stat(place), largest) or _read(place, largest)
    except (OSError, ValueError) as error:
        return _failed(error, path)


def read_stream(stream: BinaryIO, largest: int = LARGEST) -> bytes | Unread:
    """All that a stream holds, if that is no more than `largest` bytes."""
    try:
        data = stream.read(largest + 1)
    except OSError as error:
        return Unread(Reason.UNREADABLE, error.strerror or str(error), error.errno or 0)
    return data if len(data) <= largest else _too_large(largest)


def look_at(path: str, within: str, largest: int = LARGEST) -> Unread | None:
    """Why `read_bytes` would not read a file, as far as that shows from outside; None where it would."""
    return look_at_place(locate(path, within), path, largest)


def look_at_place(place: str | Unread, path: str, largest: int = LARGEST) -> Unread | None:
    """The same of a path that is known to lead to a place."""
    if isinstance(place, Unread):
        return place
    try:
        return _refusal(os.stat(place), largest)
    except (OSError, ValueError) as error:
        return _failed(error, path)


def list_names(folder: str, within: str) -> tuple[str, ...] | Unread:
    """The names in a folder at or below the folder `within`, sorted."""
    place = locate(folder, within)
    if isinstance(place, Unread):
        return place
    try:
        return tuple(sorted(os.listdir(place)))
    except (OSError, ValueError) as error:
        return _failed(error, folder)


def locate(path: str, within: str) -> str | Unread:
    """Where a path leads to, all links followed, if that is at or below the folder `within`."""
    key, root = os.path.abspath(path), os.path.abspath(within)
    if not is_below(key, root):  # nothing is asked of it: even to ask may tell another machine who we are
        return Unread(Reason.OUTSIDE, "it lies outside of the project")
    if len(key) > _LONGEST_PATH:
        return _absent()
    try:
        root = os.path.realpath(root)
        place = _resolved(root, key[len(os.path.abspath(within)) :].lstrip(os.sep))
    except ValueError as error:
        return _failed(error, path)
    if not is_below(place, root):
        return Unread(Reason.OUTSIDE, "a link on its way leads out of the project")
    if any(map(_is_git, path_parts(place[len(root) :]))):
        return Unread(Reason.OUTSIDE, "it belongs to git")
    return place


def locator() -> Callable[[str, str], str | Unread]:
    """What `locate` says of files that stay as they are: each folder on the way is followed once."""

    @cache
    def located(path: str, within: str) -> str | Unread:
        key, root = os.path.abspath(path), os.path.abspath(within)
        folder, name = os.path.split(key)
        # Links of Windows are of other kinds, and of a deeper path each folder on the way would wait for the next.
        is_inside = key != root and is_below(folder, root)
        is_plain = os.name != "nt" and key.count(os.sep) < _DEEPEST and not _is_git(name)
        above = located(folder, root) if is_inside and is_plain else None
        if not isinstance(above, str):
            return locate(key, root)
        place = os.path.join(above, name)
        return locate(key, root) if os.path.islink(place) else place

    return located


def _resolved(root: str, inner: str) -> str:
    """Where a path below a folder leads to; the folder's own is free of links."""
    steps = accumulate(path_parts(inner), os.path.join, initial=root)
    place = os.path.join(root, inner) if inner else root
    # Windows has links of other kinds, and several names for a file.
    is_plain = os.name != "nt" and not any(map(os.path.islink, steps))
    return place if is_plain else os.path.realpath(place)


def is_below(path: str, folder: str) -> bool:
    """Whether an absolute path is that of a folder, or of something in it; no link is followed."""
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_git(name: str) -> bool:
    """Whether a file system may take a name for `.git`.

    Some ignore case, some characters that nobody sees, and some blanks, dots, or what follows a colon.
    """
    return "".join(filter(str.isascii, name)).partition(":")[0].rstrip(". ").lower() == _GIT


def _refusal(status: os.stat_result, largest: int) -> Unread | None:
    if stat.S_ISDIR(status.st_mode):
        return Unread(Reason.FOLDER, "it is a folder")
    if not stat.S_ISREG(status.st_mode):
        return Unread(Reason.NOT_REGULAR, f"it is {_kind(status.st_mode)}")
    return _too_large(largest) if status.st_size > largest else None


def _read(place: str, largest: int) -> bytes | Unread:
    """Read what was a plain file a moment ago, if it still is one."""
    with os.fdopen(os.open(place, _FLAGS), "rb") as file:
        status = os.fstat(file.fileno())
        if refusal := _refusal(status, largest):
            return refusal
        data = file.read(status.st_size + 1)
        if len(data) > status.st_size:  # it has grown, or lies where sizes are not known beforehand
            data += file.read(largest + 1 - len(data))
    return data if len(data) <= largest else _too_large(largest)


def _too_large(largest: int) -> Unread:
    return Unread(Reason.TOO_LARGE, f"it is larger than {largest >> 20} MiB")


def _kind(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"


def _failed(error: OSError | ValueError, path: str) -> Unread:
    if isinstance(error, ValueError):  # a NUL, or half a surrogate pair: no file is called so
        return _absent()
    if error.errno not in _MISSING:
        return Unread(Reason.UNREADABLE, error.strerror or str(error), error.errno or 0)
    if os.path.islink(path):
        return Unread(Reason.UNREADABLE, "it is a link that leads nowhere", ENOENT)
    return _absent()


def _absent() -> Unread:
    return Unread(Reason.MISSING, os.strerror(ENOENT), ENOENT)
