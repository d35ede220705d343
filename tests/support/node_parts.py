"""Nodes as plain values, to be compared."""

from __future__ import annotations

from typing import Any

from sidecar_lint import Node


def parts(value: Any) -> Any:
    """All that there is of a node and of what it holds, but for what it remembers."""
    if isinstance(value, Node):
        names = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
        return {name: parts(getattr(value, name)) for name in names if name != "_resolved"}
    if isinstance(value, dict):
        return {name: parts(each) for name, each in value.items()}
    return [*map(parts, value)] if isinstance(value, (list, tuple)) else value
