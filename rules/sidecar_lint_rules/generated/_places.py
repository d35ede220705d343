"""Where a value stands."""

from __future__ import annotations

from collections.abc import Iterable

from sidecar_lint import Node


def is_in(node: Node, values: Iterable[Node]) -> bool:
    """Whether a value is one of some values, or is in one."""
    return any(each.span.start <= node.span.start and node.span.end <= each.span.end for each in values)
