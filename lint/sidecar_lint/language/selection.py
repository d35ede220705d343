"""Growing a selection: the text of a value, the value, the key with it, what that is in, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.language.places import inner, nodes_on, place_at
from sidecar_lint.syntax.nodes import Scalar
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from sidecar_lint.syntax.outline import Outline


def selections(outline: Outline, at: int) -> tuple[Span, ...]:
    """The spans to select one after the other, each in the next; the last is the whole file."""
    found: list[Span] = []
    place = place_at(outline, at)
    if place is not None:
        key, node = place.node.key, place.node
        if key is not None and place.on_key(at):
            found += [inner(key), key.span]
        elif isinstance(node, Scalar) and node.alias is None:
            found += [inner(node), node.span]
        found += _entries(outline, place.path)
    found.append(Span(0, len(outline.source.text)))
    return _nested(found, at)


def _entries(outline: Outline, path: tuple[str | int, ...]) -> list[Span]:
    spans = {entry.path: entry.span for entry in outline.entries}
    above = [path[:length] for length in range(len(path), 0, -1)]
    return [spans[each] for each in above if each in spans and nodes_on(outline.tree.root, each)]


def _nested(spans: list[Span], at: int) -> tuple[Span, ...]:
    """Those that hold the place and the one before them, each once."""
    kept: list[Span] = []
    for span in spans:
        before = kept[-1] if kept else Span(at, at)
        if span.start <= before.start and before.end <= span.end and span not in kept:
            kept.append(span)
    return tuple(kept)
