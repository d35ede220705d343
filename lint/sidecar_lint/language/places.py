"""What stands at a place of a file: a value, its path, and everything that it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from sidecar_lint.syntax.outline import Outline, Path


class Place(NamedTuple):
    """A value: the path that leads to it, and the nodes on it, the root first and the value last.

    `entry` is the key with the value, or the item.
    """

    path: Path
    nodes: tuple[Node, ...]
    entry: Span

    @property
    def node(self) -> Node:
        """The value."""
        return self.nodes[-1]

    def on_key(self, at: int) -> bool:
        """Whether a place is on the key rather than in the value."""
        key = self.node.key
        return key is not None and key.span.start <= at <= key.span.end


def place_at(outline: Outline, at: int) -> Place | None:
    """The innermost value at a place, or whose key is there; None at the top and where nothing is written."""
    entry = outline.around(at)
    nodes = nodes_on(outline.tree.root, entry.path) if entry else None
    return Place(entry.path, nodes, entry.span) if entry and nodes else None


def nodes_on(root: Node | None, path: Path) -> tuple[Node, ...] | None:
    """The nodes from the root to the end of a path, both included; None where there is no such path."""
    node, found = root, [root]
    for step in path:
        node = _child(node, step)
        found.append(node)
    nodes = tuple(each for each in found if each is not None)
    return nodes if len(nodes) == len(found) else None


def _child(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.entries.get(step)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def inner(scalar: Scalar) -> Span:
    """The text of a scalar without its quotes."""
    quoted = scalar.style in ("'", '"')
    return Span(scalar.span.start + quoted, scalar.span.end - quoted)
