"""The outline of a file: its keys and items, as a tree."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidecar_lint.language.places import nodes_on
from sidecar_lint.linting.hidden import NOTHING, Hidden
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from sidecar_lint.syntax.outline import Outline, Path

_LONGEST_DETAIL: Final = 60
#: Below these, a key is a name of the user's.
_NAMED: Final[dict[Path, str]] = {
    ("sidecars",): "container",
    ("storage", "volumes"): "volume",
    ("environments",): "environment",
}


class SymbolKind(StrEnum):
    """What a symbol is."""

    SECTION = "section"
    CONTAINER = "container"
    VOLUME = "volume"
    ENVIRONMENT = "environment"
    LIST = "list"
    VALUE = "value"


class Symbol(NamedTuple):
    """A key or an item. `span` is all of it, `name_span` what to select."""

    name: str
    detail: str
    kind: SymbolKind
    span: Span
    name_span: Span
    children: tuple[Symbol, ...] = ()


def symbols(outline: Outline, hidden: Hidden = NOTHING) -> tuple[Symbol, ...]:
    """The keys at the top, and below each what is in it; of `hidden` texts only where they are."""
    below: dict[Path, list[Symbol]] = {}
    for entry in reversed(outline.entries):  # the inner before the outer
        nodes = nodes_on(outline.tree.root, entry.path)
        if nodes is not None and _is_whole(nodes[-1], entry.span):
            children = tuple(below.pop(entry.path, ())[::-1])
            below.setdefault(entry.path[:-1], []).append(
                _symbol(entry.path, nodes[-1], entry.span, children, hidden)
            )
    return tuple(below.get((), ())[::-1])


def _is_whole(node: Node, span: Span) -> bool:
    """Whether an entry is the one that counts, of a key that is written twice."""
    return node.key is None or node.key.span.start == span.start


def _symbol(path: Path, node: Node, span: Span, children: tuple[Symbol, ...], hidden: Hidden) -> Symbol:
    step = path[-1]
    name_span = node.key.span if node.key else Span(span.start, span.start)
    name = hidden.text(node.key or node, step) if isinstance(step, str) else _label(node, step, hidden)
    return Symbol(name or "''", _detail(node, hidden), _kind(path, node), span, name_span, children)


def _label(item: Node, number: int, hidden: Hidden) -> str:
    """What to call an item: its text, or the first text in it."""
    inside = item.entries.values() if isinstance(item, Mapping) else (item,)
    texts = (hidden.text(each, each.text) for each in inside if isinstance(each, Scalar))
    return next(texts, f"[{number}]")


def _detail(node: Node, hidden: Hidden) -> str:
    if not isinstance(node, Scalar) or node.key is None:
        return ""
    text = hidden.text(node, " ".join(node.text.split()))
    return text if len(text) <= _LONGEST_DETAIL else f"{text[: _LONGEST_DETAIL - 1]}…"


def _kind(path: Path, node: Node) -> SymbolKind:
    parent = path[:-1]
    if parent == ("stages",) and isinstance(path[-1], int):
        return SymbolKind.ENVIRONMENT
    if len(path) > 2 and path[0] == "environments":  # noqa: PLR2004  its own name comes second
        parent = path[2:-1]
    if parent in _NAMED and isinstance(path[-1], str):
        return SymbolKind(_NAMED[parent])
    if isinstance(node, Mapping):
        return SymbolKind.SECTION
    return SymbolKind.LIST if isinstance(node, Sequence) else SymbolKind.VALUE
