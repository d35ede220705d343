"""Reports in files: written beside their place, and put there in one step when all is done."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple, TextIO, cast

from sidecar_lint.report.formats import Format
from sidecar_lint.syntax.nearest import closest

STDOUT: Final = "-"
_NEW_MODE: Final = 0o666


class Target(NamedTuple):
    """A report that is wanted: its format, and the path of its file, or `-`."""

    format: Format
    path: str


class InvalidTarget(Exception):  # noqa: N818  a word of the user's, who is not wrong on purpose
    """A text that is not `FORMAT=FILE`."""


class CannotWrite(Exception):  # noqa: N818  it says what the matter is
    """A file that cannot be written, and why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot write it: {reason}")
        self.path = path


def targets(texts: Sequence[str]) -> list[Target]:
    """What each `FORMAT=FILE` asks for. Raises InvalidTarget."""
    found = [_target(text) for text in texts]
    twice = [path for path, count in Counter(wanted.path for wanted in found).items() if count > 1]
    if twice:
        raise InvalidTarget(f"--output: two reports cannot go to one file ({twice[0]!r})")
    return found


def _target(text: str) -> Target:
    name, equals, path = text.partition("=")
    if not (equals and path):
        raise InvalidTarget(f"--output takes FORMAT=FILE, such as sarif=report.sarif, not {text!r}")
    if name not in list(Format):
        formats = [each.value for each in Format]
        nearest = closest(name, formats)
        hint = f"did you mean {nearest!r}?" if nearest else f"there are {', '.join(formats)}"
        raise InvalidTarget(f"--output: no format is called {name!r}; {hint}")
    return Target(Format(name), path)


@contextmanager
def writing(path: str) -> Iterator[TextIO]:
    """A stream whose text is in the file once the block has ended well, and nowhere if it has not.

    For `-` it goes to standard output, after what is printed there. Raises CannotWrite.
    """
    if path == STDOUT:
        manager = _afterwards()
    elif os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
        manager = _directly(path)  # a pipe or a device, which nothing may replace
    else:
        manager = _in_one_step(Path(path))
    try:
        with manager as stream:
            yield stream
    except _Failed as error:
        raise CannotWrite(path, error.reason) from error


class _Failed(Exception):  # noqa: N818  as CannotWrite, which it becomes
    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.reason = error.strerror or str(error)


@contextmanager
def _failing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _Failed(error) from error


@contextmanager
def _afterwards() -> Iterator[TextIO]:
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="backslashreplace", newline="") as file:
        stream = cast("TextIO", file)
        yield stream
        stream.seek(0)
        shutil.copyfileobj(stream, sys.stdout)


@contextmanager
def _directly(path: str) -> Iterator[TextIO]:
    with _failing():
        handle = os.open(path, os.O_WRONLY)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        yield stream


@contextmanager
def _in_one_step(path: Path) -> Iterator[TextIO]:
    """Through a link the file that it leads to is replaced; a file keeps its mode."""
    with _failing():
        if path.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        place = path.resolve()
        mode = place.stat().st_mode if place.exists() else _NEW_MODE & ~_umask()
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        with _failing():
            Path(name).chmod(mode)
            Path(name).replace(place)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    """The permissions that new files do not get; it can only be asked for by setting it."""
    current = os.umask(0)
    os.umask(current)
    return current
