"""A collector's configuration as a text: its YAML, its values, and what is true of them whatever reads it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sidecar_lint.collector import size
from sidecar_lint.collector.credentials import credentials
from sidecar_lint.collector.nesting import DELIMITER, nested
from sidecar_lint.collector.structure import Structure
from sidecar_lint.collector.unresolved_references import Fault, faults
from sidecar_lint.memo import Memo
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.tree import Tree, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.source import Source
    from sidecar_lint.syntax.span import Span


@dataclass(frozen=True)
class ConfigurationText(Memo):
    """A text that is a configuration. Spans are of `source.text`."""

    source: Source

    @cached_property
    def tree(self) -> Tree:
        """The YAML as written."""
        return read(self.source)

    @cached_property
    def root(self) -> Mapping | None:
        """The top, keys with `::` taken apart; None where it is no map, or no YAML."""
        root = self.tree.root
        if not isinstance(root, Mapping):
            return None
        return nested(root) if DELIMITER in self.source.text else root

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        root = self.tree.root
        return not self.tree.unread and (root is None or root.is_null)

    @cached_property
    def structure(self) -> Structure | None:
        """Its parts; None where it is no map."""
        return Structure(self.root) if self.root is not None else None

    @cached_property
    def mappings(self) -> tuple[Mapping, ...]:
        """Every map as written, each once, from the top down."""
        return tuple(node for node in _nodes(self.tree.root) if isinstance(node, Mapping))

    @cached_property
    def scalars(self) -> tuple[Scalar, ...]:
        """Every value that is no map and no list, as written, each once."""
        return tuple(node for node in _nodes(self.tree.root) if isinstance(node, Scalar))

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """References that the newest ADOT cannot resolve, whatever the environment."""
        return tuple(faults(self.source.text, self.scalars))

    @cached_property
    def credentials(self) -> tuple[Scalar, ...]:
        """Values that are credentials, written out."""
        return tuple(credentials(self.mappings)) if self.structure else ()

    @property
    def braces(self) -> Iterator[Span]:
        """Where Systems Manager sees a reference to another parameter."""
        yield from size.braces(self.source.text)

    @cached_property
    def size(self) -> size.Size:
        """How much room it takes."""
        return size.measure(self.source.text)

    @property
    def overflow(self) -> Span:
        """The line on which it becomes too large for a standard parameter."""
        return size.overflow(self.source)


def _nodes(root: Node | None) -> Iterator[Node]:
    seen: set[int] = set()
    pending = [root] if root is not None else []
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            if node.span.start not in seen or node.span.start == node.span.end:
                seen.add(node.span.start)
                yield node
        elif id(node) not in seen and (node.alias is None or node.span.start not in seen):
            seen.add(node.span.start)
            yield node
            children = node.entries.values() if isinstance(node, Mapping) else ()
            items = node.items if isinstance(node, Sequence) else ()
            pending += [*children, *items][::-1]
