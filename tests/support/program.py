"""Processes of our program that are copies of one that has imported it: thus they start in no time.

Such a process has pipes, a folder, variables and an exit status of its own, as any other. It is not for tests
of how the program starts.
"""

from __future__ import annotations

import os
import subprocess
import sys
from multiprocessing import get_context
from multiprocessing.reduction import DupFd
from pkgutil import walk_packages
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Final

import sidecar_lint_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: Elsewhere processes cannot be copied, or not safely.
CAN_COPY: Final = sys.platform == "linux"
#: How a process starts that is no copy.
START: Final = (sys.executable, "-m", "sidecar_lint")
_STREAMS: Final = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))
_RULES: Final = (each.name for each in walk_packages(sidecar_lint_rules.__path__, "sidecar_lint_rules."))
#: What the one has imported that is copied.
_IMPORTED: Final = ("sidecar_lint.commands.cli", "sidecar_lint.server.transport", *_RULES)
#: How long a run may take, in seconds; a busy machine is slow.
_PATIENCE: Final = 60.0

if CAN_COPY:
    _context: Any = get_context("forkserver")
    _context.set_forkserver_preload(list(_IMPORTED))


class Copied:
    """`sidecar-lint` with some arguments, in a folder; as much of a `Popen` as a client needs."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        (read_in, write_in), (read_out, write_out), (read_err, write_err) = (os.pipe() for _ in range(3))
        theirs = (read_in, write_out, write_err)
        self._process = _started(folder, arguments, os.environ, theirs)
        for end in theirs:
            os.close(end)
        self.pid: int = self._process.pid
        self.stdin: IO[bytes] = os.fdopen(write_in, "wb")
        self.stdout: IO[bytes] = os.fdopen(read_out, "rb")
        self.stderr: IO[bytes] = os.fdopen(read_err, "rb")

    def wait(self, timeout: float) -> int:
        """The exit status, once it has ended."""
        return _status(self._process, timeout)

    def kill(self) -> None:
        """End it at once, if it has not ended."""
        self._process.kill()


def run(
    folder: Path, *arguments: str, told: bytes = b"", variables: Mapping[str, str] = os.environ
) -> subprocess.CompletedProcess[str]:
    """`sidecar-lint`, run to its end in a folder; `told` is what it finds on standard input."""
    if not CAN_COPY:
        command = [*START, *arguments]
        ended = subprocess.run(
            command, cwd=folder, env=variables, input=told, capture_output=True, check=False
        )
        return _as_text(arguments, ended.returncode, ended.stdout, ended.stderr)
    with TemporaryFile() as stdin, TemporaryFile() as stdout, TemporaryFile() as stderr:
        stdin.write(told)
        stdin.seek(0)
        ends = [file.fileno() for file in (stdin, stdout, stderr)]
        status = _status(_started(folder, arguments, variables, ends), _PATIENCE)
        for file in (stdout, stderr):
            file.seek(0)
        return _as_text(arguments, status, stdout.read(), stderr.read())


def _as_text(
    arguments: Sequence[str], status: int, stdout: bytes, stderr: bytes
) -> subprocess.CompletedProcess[str]:
    said, complained = (text.decode().replace("\r\n", "\n") for text in (stdout, stderr))
    return subprocess.CompletedProcess(arguments, status, said, complained)


def _started(
    folder: Path, arguments: Sequence[str], variables: Mapping[str, str], ends: Sequence[int]
) -> Any:
    """A copy that has these files as its three streams."""
    given = (str(folder), arguments, dict(variables), [DupFd(end) for end in ends])
    process = _context.Process(target=_be, args=given)
    process.start()
    return process


def _status(process: Any, timeout: float) -> int:
    process.join(timeout)
    if process.exitcode is None:
        process.kill()
        raise subprocess.TimeoutExpired("sidecar-lint", timeout)
    return int(process.exitcode)


def _be(folder: str, arguments: Sequence[str], variables: dict[str, str], ends: Sequence[Any]) -> None:
    """What the copy does: it becomes the program."""
    for number, ((name, mode), end) in enumerate(zip(_STREAMS, ends, strict=True)):
        duplicate = end.detach()
        os.dup2(duplicate, number)
        os.close(duplicate)
        setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: SIM115  it stays open to the end
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    sys.argv = ["sidecar-lint", *arguments]
    from sidecar_lint.commands.main import main

    main()
