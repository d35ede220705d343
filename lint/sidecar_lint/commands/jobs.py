"""Linting in several processes at once, where there are many files and processors."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

    from sidecar_lint.linting.report import PathProblem, Report

    #: What came of files, by their paths.
    Outcomes = Mapping[str, Report | PathProblem]

#: A process pays where it has so many files to lint.
_WORTH_A_PROCESS: Final = 60
#: So many files are handed over at once: few enough to be shown soon.
_CHUNK: Final = 10
#: How the number of a chunk is handed to whoever takes it next, in bytes.
_NUMBER: Final = 4
#: So many numbers fit twice into a pipe that nobody reads yet, by POSIX and all that is in use.
_MOST_CHUNKS: Final = 500


def jobs(wanted: int | None, files: int) -> int:
    """How many processes lint so many files: as many as are wanted; where nobody says, what is worth it.

    One where a process cannot be made of another one as it stands, as on Windows.
    """
    if not hasattr(os, "fork"):
        return 1
    most = wanted or min(_processors(), files // _WORTH_A_PROCESS)
    return max(1, min(most, files // _CHUNK))


def _processors() -> int:
    """How many this process may use: a container may have fewer than its machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Processes that lint `files`, each the next that no other has taken; one begins with all that are `shared`.

    They begin as copies of this process. `lint` gives what came of one file, and of those that belong to
    it. What a process has taken and does not hand over, as it ended before its time, is left to whoever asks.
    With one job there are none.
    """

    def __init__(
        self, files: Sequence[str], jobs: int, lint: Callable[[str], Outcomes], shared: Sequence[str] = ()
    ) -> None:
        first = dict.fromkeys(shared)
        others = [path for path in files if path not in first]
        self._chunks = [*filter(None, [[*first]]), *_chunks(others)] if jobs > 1 else []
        self._awaited = {path for chunk in self._chunks for path in chunk}
        self._found: dict[str, Report | PathProblem] = {}
        #: What was asked for: what belongs to several files may be handed over again, and is not kept.
        self._taken: set[str] = set()
        self._processes: list[ForkProcess] = []
        self._pipes: list[Connection] = []
        if self._chunks:
            self._start(jobs, lint)

    def outcome(self, path: str) -> Report | PathProblem | None:
        """What came of a file, told once; None where nobody else has linted it."""
        while path in self._awaited and path not in self._found and self._pipes:
            self._receive()
        self._taken.add(path)
        return self._found.pop(path, None)

    def close(self) -> None:
        """End the processes, whatever they are at: if they have only just begun, too, when another signal is lost."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join()
        for pipe in self._pipes:
            pipe.close()

    def _start(self, jobs: int, lint: Callable[[str], Outcomes]) -> None:
        from multiprocessing import get_context

        context = get_context("fork")
        reading, writing = os.pipe()
        os.write(writing, b"".join(number.to_bytes(_NUMBER) for number in range(len(self._chunks))))
        os.close(writing)
        gc.freeze()  # looking through what is there by now would copy it in each of them
        for _ in range(jobs):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(reading, self._chunks, lint, theirs), daemon=True)
            try:
                process.start()
            except OSError:  # there may be no more of them: then there are fewer, or none
                break
            finally:
                theirs.close()
            self._processes.append(process)
            self._pipes.append(ours)
        gc.unfreeze()
        os.close(reading)

    def _receive(self) -> None:
        """Take over what is ready, if only that a process has ended."""
        from multiprocessing.connection import wait

        ready = wait(self._pipes)
        for pipe in [each for each in self._pipes if each in ready]:
            try:
                found: Outcomes = pipe.recv()
                self._found.update((path, each) for path, each in found.items() if path not in self._taken)
            except Exception:  # noqa: BLE001  it has ended, or what a plug-in found is not made anew here
                self._pipes.remove(pipe)


def _chunks(files: Sequence[str]) -> list[Sequence[str]]:
    """Files in groups of a size, and not too many groups."""
    size = max(_CHUNK, -(-len(files) // _MOST_CHUNKS))
    return [files[start : start + size] for start in range(0, len(files), size)]


def _work(
    numbers: int, chunks: Sequence[Sequence[str]], lint: Callable[[str], Outcomes], pipe: Connection
) -> None:
    """Lint the chunk whose number comes next, and hand over what came of it, until nobody listens."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who listens hears it, too, and ends this
    while taken := os.read(numbers, _NUMBER):
        chunk = chunks[int.from_bytes(taken)]
        found = {path: outcome for each in chunk for path, outcome in lint(each).items()}
        try:
            pipe.send(found)
        except OSError:
            return
        except Exception:  # noqa: BLE001  what a plug-in found cannot be handed over: it is linted again there
            pipe.send({})
