"""Where the entries of a YAML text are written: every key with its value, and every item of a list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.syntax.source import Source

Path = tuple[str | int, ...]


class Entry(NamedTuple):
    """A key with its value, or an item: from its first to its last character, and its path."""

    span: Span
    path: Path


class Nested:
    """Entries to be asked by place. They are in the order of a text, the outer before the inner."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._starts = [entry.span.start for entry in self._entries]

    def holding(self, at: int) -> Iterator[Entry]:
        """The entries that a place is in or right behind, the inner before the outer."""
        number = bisect_right(self._starts, at) - 1
        while number >= 0:
            if at <= self._entries[number].span.end:
                yield self._entries[number]
            number = self._outer[number]

    @cached_property
    def _outer(self) -> list[int]:
        """For each entry the number of the one that it is in; -1 at the top."""
        outer: list[int] = []
        for number, entry in enumerate(self._entries):
            above = number - 1
            while above >= 0 and self._entries[above].span.end < entry.span.end:
                above = outer[above]
            outer.append(above)
        return outer


class Outline:
    """The entries of the first document of a text, in the order of the text, the outer before the inner."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tree = read(source)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All entries. What an alias or a merge brings in is an entry where it is written."""
        found = _entries(self.tree.root) if self.tree.root else []
        return in_order(found)

    @cached_property
    def _starts(self) -> list[int]:
        return [each.span.start for each in self.entries]

    def around(self, at: int) -> Entry | None:
        """The innermost entry that a place is in."""
        return next(self.holding(at), None)

    def holding(self, at: int) -> Iterator[Entry]:
        """The entries that a place is in or right behind, the inner before the outer."""
        return self._nested.holding(at)

    @cached_property
    def _nested(self) -> Nested:
        return Nested(self.entries)

    def path(self, at: int) -> Path:
        """The path of the innermost entry that a place is in; empty at the top."""
        entry = self.around(at)
        return entry.path if entry else ()

    def after(self, at: int) -> Entry | None:
        """What comes next after a place: an entry, or the value of the one that the place is in.

        Of a list's item and the first key in it, that is the item.
        """
        first = bisect_left(self._starts, at)
        value = self._value_after(at, self._starts[first] if first < len(self._starts) else None)
        if value:
            return value
        if first == len(self.entries):
            return None
        start = self._starts[first]
        same = self.entries[first : bisect_right(self._starts, start)]
        is_item = self.source.text.find("-", self._start_of_line(start), start) >= 0
        wanted = (each for each in same if isinstance(each.path[-1], int) == is_item)
        return next(wanted, same[0])

    def _value_after(self, at: int, following: int | None) -> Entry | None:
        entry = self.around(at)
        if entry is None or entry.span.end <= at or (following is not None and following < entry.span.end):
            return None
        return entry._replace(span=Span(at, entry.span.end))

    def _start_of_line(self, at: int) -> int:
        return self.source.line_starts[self.source.position(at).line]


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries in the order of the text, the outer before the inner."""
    return tuple(sorted(entries, key=lambda each: (each.span.start, -each.span.end, len(each.path))))


def _entries(root: Node) -> list[Entry]:
    found: list[Entry] = []
    _walk(root, (), found)
    return found


def _walk(node: Node, path: Path, found: list[Entry]) -> int:
    """Collect what is below a node; gives the place where its last character is behind."""
    is_block = isinstance(node, (Mapping, Sequence)) and not node.flow
    end = node.span.start if is_block else node.span.end  # a block's goes on to what follows it
    for step, start, value in _below(node):
        below = (*path, step)
        if value.alias is not None:
            last = value.alias.end
        else:
            last = value.span.end if value.__class__ is Scalar else _walk(value, below, found)
            if value.key is not None and value.key.span.end > last:
                last = value.key.span.end
        found.append(_new(Entry, (_new(Span, (start, last)), below)))
        end = max(end, last)
    return end


def _below(node: Node) -> list[tuple[str | int, int, Node]]:
    """The steps down from a node, where each begins, and what is there."""
    if isinstance(node, Sequence):
        return [(at, (item.alias or item.span).start, item) for at, item in enumerate(node.items)]
    if not isinstance(node, Mapping):
        return []
    start, end = node.span
    written = [
        (key.text, key.span.start, value)
        for value in node.entries.values()
        if (key := value.key) is not None and start <= key.span.start < end  # else it came by a merge
    ]
    return [*written, *((first.text, first.span.start, first) for first, _ in node.duplicates)]


#: Makes a tuple of a pair, without the Python-level `__new__` of a named one: there is one for each value.
_new: Any = tuple.__new__
