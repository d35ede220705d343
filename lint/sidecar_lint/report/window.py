"""A line of source, or as much of it as fits around what is marked.

Only the characters near the mark are looked at: a line may be a megabyte long, and have a thousand
findings.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from sidecar_lint.escaping import terminal_cells
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.report.line import cells
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from sidecar_lint.syntax.source import Source

CUT: Final = "..."


class Window(NamedTuple):
    """A stretch of a line as it is drawn: `text`, with `...` where something is left out.

    `offsets` are the cells before each character of the stretch that was looked at, which begins at
    `low`; `first` and `last` are the characters in it that are drawn.
    """

    text: str
    offsets: list[int]
    low: int
    first: int
    last: int
    open_ended: bool

    def column(self, at: int) -> int:
        """The cell of a code point of the line; past the line's end there is one cell each."""
        at = max(at - self.low, self.first)
        at = min(at, self.last) if self.open_ended else at
        beyond = max(at - (len(self.offsets) - 1), 0)
        left = len(CUT) if self.low + self.first else 0
        return left + self.offsets[at - beyond] + beyond - self.offsets[self.first]


def window(source: Source, line: int, focus: Span, room: int, encoding: str) -> Window:
    """What to draw of a line in so many cells; `focus` are the code points of it that must be seen."""
    start, end = source.line_starts[line], source.line_ends[line]
    count = end - start
    at = min(focus.start, count)
    low, high = max(at - 2 * room, 0), min(at + 3 * room, count)
    seen = source.text[start + low : start + high]
    drawn = terminal_cells(seen, encoding)
    offsets = [0, *accumulate(map(len if seen.isascii() else cells, drawn))]
    whole = low == 0 and high == count
    if whole and offsets[-1] <= room:
        first, last = 0, count
    else:
        near = Span(at - low, min(focus.end, high) - low)
        first, last = _fitting(offsets, near, room - 2 * len(CUT))
    cut = low + last < count
    text = (CUT if low + first else "") + "".join(drawn[first:last]).rstrip() + (CUT if cut else "")
    return Window(text, offsets, low, first, last, cut)


def _fitting(offsets: list[int], near: Span, budget: int) -> tuple[int, int]:
    """The characters to draw, so that those that are near are seen with some of what is around them."""
    count = len(offsets) - 1
    first = near.start
    context = max((budget - (offsets[max(near)] - offsets[near.start])) // 2, budget // 5)
    while first and offsets[near.start] - offsets[first - 1] <= context:
        first -= 1
    last = first
    while last < count and offsets[last + 1] - offsets[first] <= budget:
        last += 1
    while last == count and first and offsets[last] - offsets[first - 1] <= budget:
        first -= 1
    return first, last
