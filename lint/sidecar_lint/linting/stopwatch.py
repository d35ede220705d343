"""How much processor time a rule takes."""

from __future__ import annotations

from time import perf_counter, thread_time
from typing import Final

#: What takes less, in seconds, is not measured.
_SHORT: Final = 0.1


class Stopwatch:
    """Measures one thing after the other, in seconds of this thread's processor time.

    To ask for that takes longer than most rules do. The clock on the wall is nearly free, and nothing takes
    more processor time than it shows: only what takes long by the wall is measured, to a tenth of a second.
    """

    def __init__(self) -> None:
        self._asked = self._began = perf_counter()
        self._processor = thread_time()

    def lap(self) -> float:
        """How long it took since the last lap; 0 for what took no time worth measuring."""
        began, self._began = self._began, perf_counter()
        if self._began - self._asked <= _SHORT:
            return 0.0
        before, self._asked, self._processor = self._processor, self._began, thread_time()
        return self._processor - before if self._began - began > _SHORT else 0.0
