"""Doing with a project all that there is to do, and noticing what must not be.

Nothing may raise what nobody expected, no rule may crash, nothing may take longer than a bound of processor
time; a report means what it says, a fixed file is read as before, what cannot be written is not.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import traceback
from contextlib import contextmanager, redirect_stderr
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from fuzzed import Project, fuzzed
from tried import Wrong, everything

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

#: No input may take more seconds of processor time.
PATIENCE: Final = 20.0


class Fault(NamedTuple):
    """What must not be: the seed of its input, what kind of fault it is, and more about it."""

    seed: int
    kind: str
    detail: str


class TooLong(BaseException):
    """The bound of processor time is reached; nothing that is tried may catch it."""


def hunt(seeds: Iterator[int] | range) -> Iterator[Fault | None]:
    """Try one input after the other; None for each that is fine."""
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            yield attempt(seed, Path(folder, str(seed)))


def attempt(seed: int, folder: Path) -> Fault | None:
    """Try the input of a seed, in a folder that is not there yet."""
    project, chance = fuzzed(seed), random.Random(~seed)  # noqa: S311  nothing is secret
    before = os.getcwd()
    try:
        written = _write(project, folder)
        os.chdir(folder)
        with _bounded(PATIENCE), redirect_stderr(StringIO()):
            everything(written, chance)
    except (Exception, TooLong) as error:  # noqa: BLE001  that is what is looked for
        return Fault(seed, _kind(error), traceback.format_exc())
    finally:
        os.chdir(before)
        _remove(folder)
    return None


def _write(project: Project, folder: Path) -> list[str]:
    (folder / ".git").mkdir(parents=True)
    for path, data in project.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return sorted(project)


def _remove(folder: Path) -> None:
    for base, folders, files in os.walk(folder, topdown=False):
        for name in files:
            Path(base, name).unlink()
        for name in folders:
            place = Path(base, name)
            place.unlink() if place.is_symlink() else place.rmdir()
    folder.rmdir()


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _kind(error: BaseException) -> str:
    """What is the same for faults of one kind: where in our code it comes from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "sidecar_lint" in frame.filename]
    place = f"{Path(ours[-1].filename).name}:{ours[-1].name}" if ours else ""
    what = str(error).partition("\n")[0][:80] if isinstance(error, Wrong) else type(error).__name__
    return f"{what} {place}".strip()
