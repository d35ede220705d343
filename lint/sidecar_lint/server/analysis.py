"""The thread that reads and lints, so that the one that talks to the client never waits.

Everything it is asked to do is done in the order of asking; linting gives way to all of it, and
starts anew when a file changes meanwhile. So there is never more than one text of a file to think
of, and nothing is ever said of an old one. Garbage is collected when there is nothing to do: in the
midst of linting it takes longer than many a file. What there is after a file was linted for the first time
(its rules, the files around it) mostly stays, and is not gone through again until there is another.
"""

from __future__ import annotations

import gc
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from threading import Condition, Thread
from time import monotonic, thread_time
from typing import Any, Final, TypeVar

from sidecar_lint.language.session import Linted, Session
from sidecar_lint.linting.rule_runner import Cancelled
from sidecar_lint.server.publishing import PublishingServer

Result = TypeVar("Result")
Work = Callable[[], None]

#: A file that is linted within this time (in seconds, of the processor) is linted at every keystroke.
_QUICK: Final = 0.1
#: Any other waits for a pause as long as it takes, and at most this long. Once does not count: there may have been
#: rules to import.
_LONGEST_WAIT: Final = 0.25
_NEVER: Final = (0.0, 0.0)
#: After this many seconds without work, what the work has left is thrown away: less than between two keystrokes.
_PAUSE: Final = 0.03

logger = logging.getLogger(__name__)


class Analysis:
    """Does what it is asked to with a session, on a thread of its own.

    What is found in a file for which `lint` was called, the `publisher` is told there: of one that was just opened
    first what is at hand, then all.
    """

    def __init__(self, session: Session, publisher: PublishingServer) -> None:
        self._session = session
        self._publisher = publisher
        self._changed = Condition()
        self._work: deque[Work] = deque()
        self._due: dict[str, float] = {}
        self._waiting: dict[str, list[Future[Linted | None]]] = {}
        self._published: set[str] = set()
        #: How long each file took the last two times.
        self._took: dict[str, tuple[float, float]] = {}
        self._pause: float | None = None
        self._has_grown = False
        self._thread = Thread(target=self._run, name="analysis", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def do(self, work: Callable[[Session], Result]) -> Future[Result]:
        """Do something with the session, after all that was asked for before."""
        future: Future[Result] = Future()

        def run() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work(self._session))
                except BaseException as error:  # noqa: BLE001  whoever asked must not wait forever
                    future.set_exception(error)

        self._add(run)
        return future

    def lint(self, path: str, *, after: float = 0.0) -> None:
        """Lint a file and publish what is found, in `after` seconds, or sooner if it was asked for sooner."""
        self._add(lambda: self._plan(path, after, publish=True))

    def linted(self, path: str) -> Future[Linted | None]:
        """What is found in a file as it is when it was asked for, or later; None for a file that is not ours."""
        future: Future[Linted | None] = Future()

        def run() -> None:
            self._waiting.setdefault(path, []).append(future)
            self._plan(path, 0.0, publish=False)

        self._add(run)
        return future

    def _add(self, work: Work) -> None:
        with self._changed:
            self._work.append(work)
            self._changed.notify()

    def _plan(self, path: str, after: float, *, publish: bool) -> None:
        took = min(self._took.get(path, _NEVER))
        wait = after or (min(took, _LONGEST_WAIT) if took > _QUICK and publish else 0.0)
        due = monotonic() + wait
        self._due[path] = min(self._due.get(path, due), due)
        if publish:
            self._published.add(path)

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._work and self._next() is None and not self._is_pause():
                    self._changed.wait(self._patience())
                work = self._work.popleft() if self._work else None
            if work:
                self._safely(work)
            elif path := self._next():
                self._lint(path)
                self._pause = monotonic() + (0.0 if self._has_grown else _PAUSE)
            else:
                self._pause = None
                self._clean_up()

    def _next(self) -> str | None:
        """The file whose time has come first."""
        path = min(self._due, key=self._due.__getitem__, default=None)
        return path if path is not None and self._due[path] <= monotonic() else None

    def _is_pause(self) -> bool:
        return self._pause is not None and self._pause <= monotonic()

    def _patience(self) -> float | None:
        times = (*self._due.values(), *([self._pause] if self._pause is not None else []))
        return max(min(times) - monotonic(), 0.0) if times else None

    def _clean_up(self) -> None:
        """Throw away what nobody has any more; where there is much that is new, nobody types in it yet."""
        if not self._has_grown:
            gc.collect()
            return
        self._has_grown = False
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def _lint(self, path: str) -> None:
        due = self._due.pop(path)
        self._has_grown |= path not in self._took
        began = thread_time()
        try:
            linted = self._session.lint(path, self._give_way, at_hand=path not in self._waiting)
        except Cancelled:
            self._due.setdefault(path, due)
            return
        except Exception:
            logger.exception("could not lint %s", path)
            linted = None
        self._took[path] = (self._took.get(path, _NEVER)[1], thread_time() - began)
        is_partial = linted is not None and linted.report.is_partial
        if not is_partial:
            self._answer(path, linted)
        self._publish(path, linted)
        if is_partial:
            self._plan(path, 0.0, publish=True)

    def _answer(self, path: str, linted: Linted | None) -> None:
        for future in self._waiting.pop(path, ()):
            if future.set_running_or_notify_cancel():
                future.set_result(linted)

    def _publish(self, path: str, linted: Linted | None) -> None:
        if path in self._published:
            self._published.discard(path)
            self._safely(lambda: self._publisher.publish(path, linted))

    def _give_way(self) -> None:
        """Between two rules: do what was asked for meanwhile."""
        while self._work:
            self._safely(self._work.popleft())

    def _safely(self, work: Work) -> None:
        """Do something; nothing that goes wrong ends the thread."""
        try:
            work()
        except Exception:
            logger.exception("internal error")


def settle(future: Future[Any]) -> None:
    """Let an error of work that nobody waits for be logged."""

    def log(done: Future[Any]) -> None:
        error = None if done.cancelled() else done.exception()
        if error is not None:
            logger.error("internal error", exc_info=error)

    future.add_done_callback(log)
