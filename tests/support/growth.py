"""How the work for a file grows with it: by the lines of our code that are executed, which no clock disturbs."""

from __future__ import annotations

import gc
import re
import sys
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType

#: Lines of code by file and number, and how often each was executed.
Steps = Counter[tuple[str, int]]
#: How much more the second doubling of a size may cost than the first: 2 is linear, 4 is quadratic.
_LIMIT = 2.5
#: A line that is executed a few times more is none to worry about: here things begin to happen.
_FEW = 60


class Growth(NamedTuple):
    """A line that is executed more often than it should be, for one size, the double and the fourfold."""

    file: str
    line: int
    counts: tuple[int, int, int]


def steps(work: Callable[[], object]) -> Steps:
    """Do something, and count the lines of Python that it takes."""
    codes: dict[int, CodeType] = {}  # by their ids, which are theirs as long as they are kept
    counted: dict[int, defaultdict[int, int]] = {}
    tracers: dict[int, Callable[[FrameType, str, Any], None]] = {}
    forget()

    def in_frame(frame: FrameType, _event: str, _argument: Any) -> Any:
        key = id(frame.f_code)
        if key not in tracers:
            codes[key], counted[key] = frame.f_code, defaultdict(int)
            tracers[key] = _counting(counted[key])
        return tracers[key]

    before = sys.gettrace()
    sys.settrace(in_frame)
    try:
        work()
    finally:
        sys.settrace(before)
    found: Steps = Counter()
    for key, lines in counted.items():
        for line, count in lines.items():
            found[codes[key].co_filename, line] += count
    return found


def _counting(lines: defaultdict[int, int]) -> Callable[[FrameType, str, Any], None]:
    """What is called for each line of one code: it has little to do, and is called millions of times."""

    def count(frame: FrameType, event: str, _: Any) -> None:
        if event == "line":
            lines[frame.f_lineno] += 1

    return count


def forget() -> None:
    """Empty the caches of bounded size: what fits into one would be cheaper than what does not."""
    cached = type(lru_cache(_is_superlinear))
    for each in gc.get_objects():
        if isinstance(each, cached) and each.cache_parameters()["maxsize"]:
            each.cache_clear()
    re.purge()  # it forgets the oldest of 512 patterns, one more of which a text may make


def superlinear(work: Callable[[int], object], size: int) -> list[Growth]:
    """The lines that are executed more than twice as often for twice as much.

    `work` is done three times before it counts, so that what is done once is done.
    """
    sizes = (size, 2 * size, 4 * size)
    for each in sizes:
        work(each)
    small, double, fourfold = (steps(lambda each=each: work(each)) for each in sizes)  # type: ignore[misc]
    found = (Growth(*key, (small[key], double[key], fourfold[key])) for key in fourfold)
    return sorted(filter(_is_superlinear, found), key=lambda growth: -growth.counts[-1])


def _is_superlinear(growth: Growth) -> bool:
    small, double, fourfold = growth.counts
    return fourfold - double > _LIMIT * (double - small) + _FEW
