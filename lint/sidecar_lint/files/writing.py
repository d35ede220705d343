"""Writing files: all of one or nothing, and nothing through a link that leads out of a root.

What is written lies beside its place until it is whole, and is then put there in one step.
"""

from __future__ import annotations

import atexit
import os
import re
import signal
import stat
from contextlib import contextmanager, suppress
from errno import EACCES, EEXIST, EINVAL, EISDIR, ELOOP
from time import time
from typing import TYPE_CHECKING, BinaryIO, Final

from sidecar_lint.files.reading import Unread, locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import FrameType

_NEW_MODE: Final = 0o666
_FLAGS: Final = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
)
#: How an unfinished file is called; one that is older than this, in seconds, nobody finishes any more.
_UNFINISHED: Final = r"\.sidecar-lint-[0-9a-f]{16}\.tmp"
_ABANDONED: Final = 3600.0
#: What ends a process without a word: a closed terminal, a cancelled job, and the same on Windows.
_SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGHUP", "SIGTERM", "SIGBREAK") if hasattr(signal, name)
)


@contextmanager
def replacing(path: str, within: str) -> Iterator[BinaryIO]:
    """A stream whose bytes are in a file once the block has ended well, and nowhere if it has not.

    The file may be there or not; as in `Replacement`, which raises OSError.
    """
    replacement = Replacement(path, within)
    try:
        yield replacement.file
        replacement.put()
    finally:
        replacement.discard()


def create(path: str, data: bytes, within: str) -> None:
    """Make a file below `within`, and the folders that it lies in.

    Raises FileExistsError where there is something of that name by now, and OSError.
    """
    if os.path.lexists(path):
        raise FileExistsError(EEXIST, os.strerror(EEXIST), path)
    os.makedirs(os.path.dirname(_place(path, within)), exist_ok=True)
    replacement = Replacement(path, within)
    try:
        replacement.file.write(data)
        replacement.put(is_new=True)
    finally:
        replacement.discard()


class Replacement:
    """An unfinished file beside the one that it is to replace, or that is not there yet.

    A link that stays below `within` is followed, a mode and an owner are kept. Raises OSError where the
    file is a folder, lies elsewhere, or cannot be written; then everything is as it was.
    """

    def __init__(self, path: str, within: str) -> None:
        self._place = _place(path, within)
        self._status = _status(self._place)
        folder = os.path.dirname(self._place)
        _tidy(folder)
        self._unfinished = os.path.join(folder, f".sidecar-lint-{os.urandom(8).hex()}.tmp")
        _keep_track(self._unfinished)
        try:
            self.file: BinaryIO = os.fdopen(os.open(self._unfinished, _FLAGS, 0o600), "wb")
        except BaseException:
            _forget(self._unfinished)
            raise

    def put(self, *, is_new: bool = False) -> None:
        """Put the file in its place; with `is_new` only where nothing is. Raises OSError."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        if self._status is None:
            os.chmod(self._unfinished, _NEW_MODE & ~_umask())
        else:
            _like(self._unfinished, self._status)
        if is_new:
            _move_to_free_place(self._unfinished, self._place)
        else:
            os.replace(self._unfinished, self._place)

    def discard(self) -> None:
        """Take away what was not put in its place."""
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            os.unlink(self._unfinished)
        _forget(self._unfinished)


def _place(path: str, within: str) -> str:
    place = locate(path, within)
    if isinstance(place, Unread):
        raise PermissionError(EACCES, place.text, path)
    return place


def _status(place: str) -> os.stat_result | None:
    """None for a file that is not there yet."""
    try:
        status = os.lstat(place)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(EISDIR, "it is a folder", place)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(EINVAL, "it is not a plain file", place)
    return status


def _like(path: str, status: os.stat_result) -> None:
    """Give a file the owner of another, as far as we may, and its mode."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(path, status.st_uid, status.st_gid)
    os.chmod(path, stat.S_IMODE(status.st_mode))


def _umask() -> int:
    """The permissions that new files do not get; it can only be asked for by setting it."""
    current = os.umask(0)
    os.umask(current)
    return current


def _move_to_free_place(path: str, place: str) -> None:
    """Raises FileExistsError where somebody was faster."""
    if os.name == "nt":
        os.rename(path, place)
        return
    try:
        os.link(path, place)
    except FileExistsError:
        raise
    except OSError:  # the file system has no links
        if os.path.lexists(place):
            raise FileExistsError(EEXIST, os.strerror(EEXIST), place) from None
        os.replace(path, place)


def _tidy(folder: str) -> None:
    """Take away what an earlier process was killed over."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if re.fullmatch(_UNFINISHED, entry.name) and _is_abandoned(entry):
                os.unlink(entry.path)


def _is_abandoned(entry: os.DirEntry[str]) -> bool:
    status = entry.stat(follow_symlinks=False)
    return stat.S_ISREG(status.st_mode) and time() - status.st_mtime > _ABANDONED


#: The unfinished files, and the process that each is of. What ends a copy of this process must not take away
#: those of this one.
_unfinished: Final[dict[str, int]] = {}


def _keep_track(path: str) -> None:
    """From now on a signal that ends the process takes an unfinished file away first."""
    if not _unfinished:
        _handle(signal.SIG_DFL, _end)
    _unfinished[path] = os.getpid()


def _forget(path: str) -> None:
    _unfinished.pop(path, None)
    if not _unfinished:
        _handle(_end, signal.SIG_DFL)


@atexit.register  # an interrupt may come between any two steps
def _take_away() -> None:
    for path, process in tuple(_unfinished.items()):
        if process == os.getpid():
            with suppress(OSError):
                os.unlink(path)


def _handle(old: object, new: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    """Give signals another handler, where they have the old one: what others do about them stays."""
    for number in _SIGNALS:
        with suppress(ValueError):  # only the main thread may
            if signal.getsignal(number) == old:
                signal.signal(number, new)


def _end(number: int, _frame: FrameType | None) -> None:
    """Take away what is unfinished, and end as the signal would have it."""
    _take_away()
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)


class FolderInUseError(OSError):
    """The path is no new or empty folder."""


def new_folder(path: str) -> str:
    """Make a folder, or take an empty one, anywhere: no link in it can lead elsewhere. Its real path.

    Raises FolderInUseError where something else is there, a link included, and OSError.
    """
    if os.path.islink(path):
        raise FolderInUseError(ELOOP, "it is a link", path)
    if os.path.lexists(path) and (not os.path.isdir(path) or os.listdir(path)):
        raise FolderInUseError(EEXIST, "it is not a new or empty folder", path)
    os.makedirs(path, exist_ok=True)
    return os.path.realpath(path)


def write_files(folder: str, files: Mapping[str, str]) -> None:
    """Write texts below a folder, by their names there (`a/b.json`). Raises OSError."""
    for name, text in files.items():
        create(os.path.join(folder, *name.split("/")), text.encode("utf-8", "replace"), folder)
