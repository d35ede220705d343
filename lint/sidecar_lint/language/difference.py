"""From one text to another with edits that touch nothing else."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import takewhile

from sidecar_lint.finding import Edit, Span


def edits(before: str, after: str) -> tuple[Edit, ...]:
    """The edits that lead from one text to another, line by line; none where they are equal."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    found = []
    for tag, low, high, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            written = "".join(new[first:last])
            found.append(_trimmed(before[starts[low] : starts[high]], written, starts[low]))
    return tuple(found)


def _trimmed(before: str, after: str, start: int) -> Edit:
    """An edit without what both texts have at their beginning and their end."""
    head = _shared(before, after)
    old, new = before[head:], after[head:]
    tail = _shared(old[::-1], new[::-1])
    end = start + len(before) - tail
    return Edit(Span(start + head, end), new[: len(new) - tail])


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
