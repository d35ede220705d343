"""Which key or value of a manifest an offset is in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sidecar_lint.finding import Span
from sidecar_lint.tree import Mapping, Node, Sequence

Path = tuple[str | int, ...]


class Spot(NamedTuple):
    """The innermost key or value at an offset, and the path of the value.

    `node` is the value, also where the offset is in its key (`on_key`).
    """

    path: Path
    node: Node
    on_key: bool

    @property
    def span(self) -> Span:
        """What is under the offset."""
        key = self.node.key
        return key.span if self.on_key and key is not None else self.node.span


def spot_at(root: Node | None, offset: int) -> Spot | None:
    """The key or value at an offset (code points) in a tree; None where nothing is written.

    What comes through an alias or a merge is written elsewhere, and found there.
    """
    found = None
    for spot in _around(root, offset):
        found = spot
    return found


def enclosing(root: Node | None, offset: int) -> list[Span]:
    """The spans around an offset, the innermost first."""
    return [spot.span for spot in _around(root, offset)][::-1]


def _around(root: Node | None, offset: int) -> Iterator[Spot]:
    path: Path = ()
    node = root
    while node is not None:
        below = next((each for each in _below(node, path) if _holds(each, offset)), None)
        if below is None:
            return
        yield below
        if below.on_key:
            return
        path, node = below.path, below.node


def _below(node: Node, path: Path) -> Iterator[Spot]:
    if isinstance(node, Mapping):
        for key, value in node:
            if value.alias is None or value.alias.start >= key.span.end:
                yield Spot((*path, key.text), value, on_key=True)
                yield Spot((*path, key.text), value, on_key=False)
    elif isinstance(node, Sequence):
        items = [item for item in node.items if not item.is_null]
        yield from (Spot((*path, at), item, on_key=False) for at, item in enumerate(items))


def _holds(spot: Spot, offset: int) -> bool:
    if not spot.on_key and spot.node.alias is not None:
        return False
    return spot.span.start <= offset <= spot.span.end and spot.span.start < spot.span.end
