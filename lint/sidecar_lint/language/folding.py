"""What can be folded away: by indentation, so that a file that is no YAML just now folds too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.source import Source

_ITEM: Final = re.compile(r" *(?:- +)*-(?: |$)")


class Fold(NamedTuple):
    """Zero-based lines, both included: the first stays to be seen."""

    first: int
    last: int
    is_comment: bool = False


def folds(source: Source) -> tuple[Fold, ...]:
    """Keys and items with what is below them, and comments of several lines."""
    lines = [source.line(number) for number in range(len(source.line_starts))]
    return tuple(sorted((*_blocks(lines), *_comments(lines))))


def _blocks(lines: list[str]) -> Iterator[Fold]:
    open_: list[tuple[float, int]] = []
    last = 0
    for number, line in enumerate(lines):
        if not line.strip() or _is_comment(line):
            continue
        depth = _depth(line)
        while open_ and open_[-1][0] >= depth:
            first = open_.pop()[1]
            if last > first:
                yield Fold(first, last)
        open_.append((depth, number))
        last = number
    yield from (Fold(first, last) for _, first in open_ if last > first)


def _depth(line: str) -> float:
    """How deep a line is; an item is below the key that it stands under, in the same column or not."""
    indent = len(line) - len(line.lstrip(" "))
    return indent + 0.5 if _ITEM.match(line) else indent


def _comments(lines: list[str]) -> Iterator[Fold]:
    first = None
    for number, line in enumerate([*lines, ""]):
        if _is_comment(line):
            first = number if first is None else first
        elif first is not None:
            if number - 1 > first:
                yield Fold(first, number - 1, is_comment=True)
            first = None


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")
