"""What is made of some fields of a section alone, which is made once for all environments that have the same.

An environment shares the nodes of all that it does not change (`environments.override`), and nobody changes a node.
So a function that is given nothing but nodes makes the same of the same ones, whatever environment they are in.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Final, TypeVar

from sidecar_lint.manifests.read_tracking import Watched
from sidecar_lint.syntax.nodes import Mapping, Node
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidecar_lint.template.stack import Stack

Made = TypeVar("Made")
_NOWHERE: Final = Span(0, 0)


def of_fields(*names: str) -> Callable[[Callable[[Mapping], Made]], Callable[[Stack, Mapping], Made]]:
    """A function of some fields of a section, to be called with the stack; it sees no other field.

    Its result is not to be changed.
    """

    def decorate(make: Callable[[Mapping], Made]) -> Callable[[Stack, Mapping], Made]:
        @wraps(make)
        def found(stack: Stack, section: Mapping) -> Made:
            nodes = (*map(section.entries.get, names),)
            known = stack.of_fields
            key = make, nodes
            result: Made | None = known.get(key)
            if result is not None:
                return result
            written = {name: node for name, node in zip(names, nodes, strict=True) if node is not None}
            made = make(Mapping(_NOWHERE, written))
            if not any(map(_is_watched, nodes)):
                known[key] = made
            return made

        return found

    return decorate


def _is_watched(node: Node | None) -> bool:
    """Whether it is noticed what of a map is looked at, which has to be looked at each time, then."""
    return isinstance(node, Mapping) and isinstance(node.entries, Watched)
