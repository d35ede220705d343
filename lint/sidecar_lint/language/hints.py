"""Beside a value of an environment: the one of the base that it takes the place of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.linting.hidden import Hidden, hidden_in
from sidecar_lint.linting.inputs import ManifestInput
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.manifest import Document

_LONGEST: Final = 40


class Hint(NamedTuple):
    """A text to show behind a place."""

    at: int
    text: str


def hints(document: Document) -> tuple[Hint, ...]:
    """The hints of a manifest, in the order of the text."""
    if not document.manifests:
        return ()
    base, hidden = document.manifests[0].root, Hidden(hidden_in(ManifestInput(document)))
    found = {hint for over in document.overrides.values() for hint in _hints(over, base, hidden)}
    return tuple(sorted(found))


def _hints(over: Mapping, base: Mapping, hidden: Hidden) -> Iterator[Hint]:
    for key, value in over:
        below = base.get(key.text)
        if value.alias is not None or key.text in ("name", "type"):
            continue
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            yield from _hints(value, below, hidden)
        elif isinstance(value, Scalar) and value.style not in ("|", ">"):
            text = _text(below)
            if below is not None and text is not None and getattr(below, "text", None) != value.text:
                yield Hint(value.span.end, f"base: {hidden.text(below, text)}")


def _text(node: Node | None) -> str | None:
    """A value on one line; None where it has none."""
    if not isinstance(node, Scalar) or "\n" in node.text or not node.text:
        return None
    text = node.template or node.text
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
