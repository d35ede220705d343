"""Processes of our program that are copies of one that has imported it: thus they start in no time.

Such a process has streams, a folder, variables and an exit status of its own, as any other. It is not for tests
of how the program starts. Where processes cannot be copied safely, each starts as ever.
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

_CAN_COPY: Final = sys.platform == "linux"
#: How a process starts that is no copy.
START: Final = (sys.executable, "-m", "sidecar_lint")
_STREAMS: Final = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))
_RULES: Final = (each.name for each in walk_packages(sidecar_lint_rules.__path__, "sidecar_lint_rules."))
#: What the one has imported that is copied.
_IMPORTED: Final = ("sidecar_lint.commands.cli", "sidecar_lint.server.transport", *_RULES)
#: How long a run may take, in seconds; a busy machine is slow.
_PATIENCE: Final = 60.0

if _CAN_COPY:
    _context: Any = get_context("forkserver")
    _context.set_forkserver_preload(list(_IMPORTED))


class Copy:
    """A copy that has become the program; as much of a `Popen` as is asked for."""

    def __init__(self, process: Any) -> None:
        self._process = process
        self.pid: int = process.pid

    def wait(self, timeout: float) -> int:
        """The exit status, once it has ended."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("sidecar-lint", timeout)
        return int(self._process.exitcode)

    def kill(self) -> None:
        """End it at once, if it has not ended."""
        self._process.kill()


class Piped:
    """`sidecar-lint` with some arguments, in a folder, with a pipe for each of its streams."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        (read_in, write_in), (read_out, write_out), (read_err, write_err) = (os.pipe() for _ in range(3))
        theirs = (read_in, write_out, write_err)
        process = start(folder, *arguments, ends=theirs)
        for end in theirs:
            os.close(end)
        self.pid, self.wait, self.kill = process.pid, process.wait, process.kill
        self.stdin: IO[bytes] = os.fdopen(write_in, "wb")
        self.stdout: IO[bytes] = os.fdopen(read_out, "rb")
        self.stderr: IO[bytes] = os.fdopen(read_err, "rb")


def run(
    folder: Path, *arguments: str, told: bytes = b"", variables: Mapping[str, str] = os.environ
) -> subprocess.CompletedProcess[str]:
    """`sidecar-lint`, run to its end in a folder; `told` is what it finds on standard input."""
    with TemporaryFile() as stdin, TemporaryFile() as stdout, TemporaryFile() as stderr:
        stdin.write(told)
        stdin.seek(0)
        ends = [file.fileno() for file in (stdin, stdout, stderr)]
        process = start(folder, *arguments, ends=ends, variables=variables)
        try:
            status = process.wait(_PATIENCE)
        finally:
            process.kill()
        for file in (stdout, stderr):
            file.seek(0)
        texts = (file.read().decode().replace("\r\n", "\n") for file in (stdout, stderr))
        return subprocess.CompletedProcess(arguments, status, *texts)


def start(
    folder: Path, *arguments: str, ends: Sequence[int], variables: Mapping[str, str] = os.environ
) -> Copy | subprocess.Popen[bytes]:
    """`sidecar-lint` with these files as its three streams."""
    if not _CAN_COPY:
        stdin, stdout, stderr = ends
        command = [*START, *arguments]
        return subprocess.Popen(command, cwd=folder, env=variables, stdin=stdin, stdout=stdout, stderr=stderr)
    given = (str(folder), arguments, dict(variables), [DupFd(end) for end in ends])
    process = _context.Process(target=_be, args=given)
    process.start()
    return Copy(process)


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
