"""Asking a tree of values by path."""

from __future__ import annotations

from typing import Final

from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence, as_mapping
from sidecar_lint.syntax.span import Span

_NO_ITEMS: Final = Sequence(Span(0, 0))


class Lookup:
    """Questions by path; `root` is the map that paths start from."""

    root: Mapping

    def get(self, *path: str) -> Node | None:
        """The value at a path; None where it is missing or null."""
        node: Node | None = self.root
        for name in path:
            node = node.get(name) if isinstance(node, Mapping) else None
        return node

    def scalar(self, *path: str) -> Scalar | None:
        """The scalar at a path; None where it is missing, null or no scalar."""
        node = self.get(*path)
        return node if isinstance(node, Scalar) else None

    def mapping(self, *path: str) -> Mapping:
        """The mapping at a path; an empty one where there is none."""
        return as_mapping(self.get(*path))

    def sequence(self, *path: str) -> Sequence:
        """The list at a path; an empty one where there is none."""
        node = self.get(*path)
        return node if isinstance(node, Sequence) else _NO_ITEMS
