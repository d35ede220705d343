"""What becomes of values when Copilot writes a manifest out as YAML, and reads it again.

It does so to put variables in (internal/pkg/manifest/interpolate.go). Most values come through. What does
not is the doing of yaml.v3's writer: emitterc.go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax import tags
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.problem import SyntaxProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK_STYLES: Final = ("|", ">")
_EMPTY: Final = "'"
#: What a text has that may not be readable once it is written again; almost none has it. Two patterns that each
#: begin with one character are looked for in a tenth of the time of one that begins with either.
_SUSPICIOUS: Final = (r"[|>][-+]?[1-9]", r"!(?:<|[^\s!%]*+%)")


def rewritten(scalar: Scalar, text: str) -> Scalar:
    """What arrives of a scalar after `|` or `>`, in the text of its file."""
    if scalar.original is not None or not _may_change(scalar):
        return scalar
    from sidecar_lint.syntax.yaml_v3 import writer

    try:
        arriving = writer.read_again(scalar.text, scalar.style, commented=_is_commented(scalar, text))
    except writer.UnreadableError:
        return scalar  # nothing arrives
    if arriving == scalar.text:
        return scalar
    changed = scalar.copy()
    changed.text, changed.original = arriving, scalar.text
    return changed


def _may_change(scalar: Scalar) -> bool:
    """Whether another text may arrive, or none: almost always it is no."""
    return scalar.style == ">" or scalar.text[:1] in ("\t", "\n", "\u2028", "\u2029")


def _is_commented(scalar: Scalar, text: str) -> bool:
    """Whether a comment stands behind the header, or behind the key of a header that has its own line."""
    start = scalar.key.span.end if scalar.key and scalar.alias is None else scalar.span.start
    return "#" in text[start : text.find("\n", scalar.span.start)]


def is_blank(node: Node) -> bool:
    """Whether nothing is written there, though an anchor may be."""
    return isinstance(node, Scalar) and not node.text and not node.style and node.tag is None


def empty_text(node: Node) -> Scalar:
    """What arrives of a value that is left out in a flow collection: `''`."""
    return Scalar(node.span, key=node.key, alias=node.alias, style=_EMPTY)


def named(mapping: Mapping) -> Mapping:
    """The mapping with a name for what has an empty key: `''` is written, and is a text."""
    blank = [value for value in mapping.unnamed if value.key and is_blank(value.key) and not value.key.alias]
    if not blank:
        return mapping
    result = mapping.copy()
    keys = [value.key for value in blank]
    result.odd_keys = [key for key in mapping.odd_keys if key not in keys]
    result.unnamed = [value for value in mapping.unnamed if value not in blank]
    result.entries = {**mapping.entries, "": _named(blank[-1])}
    return result


def _named(value: Node) -> Node:
    named = value.copy()
    named.key = empty_text(value.key) if value.key else None
    return named


def unreadable(root: Node, text: str) -> SyntaxProblem | None:
    """Why what Copilot writes cannot be read: a text that begins with a tab, or a tag with no name."""
    if not any(re.search(pattern, text) for pattern in _SUSPICIOUS):
        return None
    return next((problem for node in _nodes(root) if (problem := _problem(node))), None)


def _problem(node: Node) -> SyntaxProblem | None:
    if node.tag == tags.PREFIX:
        return SyntaxProblem(node.place, "did not find expected tag URI")
    if isinstance(node, Scalar) and node.style in BLOCK_STYLES and _may_change(node):
        from sidecar_lint.syntax.yaml_v3 import writer

        try:
            writer.read_again(node.text, node.style)
        except writer.UnreadableError as error:
            return SyntaxProblem(node.place, str(error))
    return None


def _nodes(root: Node) -> Iterator[Node]:
    """All that is written, keys and what Copilot ignores included."""
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        if node.alias is None and isinstance(node, Mapping):
            pending += (*node.odd_keys, *node.unnamed, *node.bad_merges)
            pending += (part for value in node.entries.values() for part in (value.key, value) if part)
        elif node.alias is None and isinstance(node, Sequence):
            pending += node.items
