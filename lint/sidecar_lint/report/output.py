"""Reports in files: written beside their place, and put there in one step when all is done."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import contextmanager, suppress
from io import BufferedWriter, TextIOWrapper
from typing import TYPE_CHECKING, Final, TextIO, cast

from sidecar_lint.files.paths import path_parts
from sidecar_lint.files.project_root import enclosing_root
from sidecar_lint.files.reading import Unread, locate
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.report.formats import Format
from sidecar_lint.syntax.nearest import closest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STDOUT: Final = "-"


class ReportTarget(NamedTuple):
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


def targets(texts: Sequence[str]) -> list[ReportTarget]:
    """What each `FORMAT=FILE` asks for. Raises InvalidTarget."""
    found = [_target(text) for text in texts]
    twice = [path for path, count in Counter(wanted.path for wanted in found).items() if count > 1]
    if twice:
        raise InvalidTarget(f"--output: two reports cannot go to one file ({twice[0]!r})")
    return found


def _target(text: str) -> ReportTarget:
    name, equals, path = text.partition("=")
    if not (equals and path):
        raise InvalidTarget(f"--output takes FORMAT=FILE, such as sarif=report.sarif, not {text!r}")
    if name not in list(Format):
        formats = [each.value for each in Format]
        nearest = closest(name, formats)
        hint = f"did you mean {nearest!r}?" if nearest else f"there are {', '.join(formats)}"
        raise InvalidTarget(f"--output: no format is called {name!r}; {hint}")
    return ReportTarget(Format(name), path)


@contextmanager
def writing(path: str) -> Iterator[TextIO]:
    """A stream whose text is in the file once the block has ended well, and nowhere if it has not.

    For `-` it goes to standard output, after what is printed there. The user named the file: it may lie
    anywhere, but not behind a link of a repository that leads out of that. Raises CannotWrite.
    """
    try:
        with _afterwards() if path == STDOUT else _into(path) as stream:
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
    import shutil
    import tempfile

    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="backslashreplace", newline="") as file:
        stream = cast("TextIO", file)
        yield stream
        stream.seek(0)
        shutil.copyfileobj(stream, sys.stdout)


@contextmanager
def _into(path: str) -> Iterator[TextIO]:
    with _failing():
        within = enclosing_root(path) or path_parts(os.path.abspath(path))[0]
        place = locate(path, within)
        if isinstance(place, Unread):
            raise place.error(path)
    # A pipe or a device may not be replaced by anything; where it is cannot always be said in a path.
    is_special = os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)
    with _directly(path) if is_special else _in_one_step(path, within) as stream:
        yield stream


@contextmanager
def _directly(path: str) -> Iterator[TextIO]:
    with _failing():
        handle = os.open(path, os.O_WRONLY)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        yield stream


@contextmanager
def _in_one_step(path: str, within: str) -> Iterator[TextIO]:
    from sidecar_lint.files.writing import Replacement

    with _failing():
        replacement = Replacement(path, within)
    stream = TextIOWrapper(
        cast("BufferedWriter", replacement.file), "utf-8", errors="backslashreplace", newline="\n"
    )
    try:
        yield stream
        with _failing():
            stream.flush()
            replacement.put()
    finally:
        with suppress(OSError, ValueError):
            stream.detach()
        replacement.discard()
