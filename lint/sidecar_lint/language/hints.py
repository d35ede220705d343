"""Beside a value of an environment: the one of the base that it takes the place of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sidecar_lint.manifests.document import Document
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar

_LONGEST: Final = 40


class Hint(NamedTuple):
    """A text to show behind a place."""

    at: int
    text: str


def hints(document: Document) -> tuple[Hint, ...]:
    """The hints of a manifest, in the order of the text."""
    if not document.manifests:
        return ()
    base = document.manifests[0].root
    found = {hint for over in document.overrides.values() for hint in _hints(over, base)}
    return tuple(sorted(found))


def _hints(over: Mapping, base: Mapping) -> Iterator[Hint]:
    for key, value in over:
        below = base.get(key.text)
        if value.alias is not None or key.text in ("name", "type"):
            continue
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            yield from _hints(value, below)
        elif isinstance(value, Scalar) and value.style not in ("|", ">"):
            text = _text(below)
            if text is not None and not (isinstance(below, Scalar) and below.text == value.text):
                yield Hint(value.span.end, f"base: {text}")


def _text(node: Node | None) -> str | None:
    """A value on one line; None where it has none."""
    if not isinstance(node, Scalar) or "\n" in node.text or not node.text:
        return None
    text = node.template or node.text
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
