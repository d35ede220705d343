"""YAML as a tree that knows where everything stands.

It reads as Copilot reads: yaml.v3's grammar, the first document only, anchors, aliases and merge
keys followed, duplicate keys kept. What a scalar *is* depends on the field that receives it, so
scalars keep their text and resolve when asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.syntax.line_by_line import read_lines
from sidecar_lint.syntax.nodes import DEPTH_LIMIT, Tree
from sidecar_lint.syntax.problem import SyntaxProblem

if TYPE_CHECKING:
    from sidecar_lint.syntax.source import Source

__all__ = ["DEPTH_LIMIT", "SyntaxProblem", "Tree", "read"]


def read(source: Source, *, loops: bool = False) -> Tree:
    """Read a text, once. Anything is acceptable input; what is not YAML becomes `problem`.

    `loops`: whether an anchor may contain itself, as it may for Copilot in a field that it ignores.
    """
    known: dict[bool, Tree] = source.__dict__.setdefault("trees", {})
    if loops not in known:
        other = known.get(not loops)
        known[loops] = other if other and not other.has_loop else _read(source, loops=loops)
    return known[loops]


def _read(source: Source, *, loops: bool) -> Tree:
    if not source.undecodable and (root := read_lines(source.text)):
        return Tree(root)
    from sidecar_lint.syntax.grammar import read_all

    return read_all(source, loops=loops)
