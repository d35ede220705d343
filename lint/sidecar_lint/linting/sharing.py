"""Fixes of what is used in several places through an alias or a merge.

An edit of `&name …` changes every `*name`, too. Where those are the same field (of several sidecars, in
several environments), what is right for one is right for all; where they are not, nobody can be sure that
it is meant.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests import schemas
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.finding import Edit, Finding, Fix
    from sidecar_lint.syntax.outline import Path
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.syntax.span import Span

_ENVIRONMENTS: Final = "environments"
#: More fields need not be known of a value to know that it is not used as one alone.
_SEVERAL: Final = 2


class Sharing:
    """What of a file is used in several places."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @property
    def text(self) -> str:
        """That of the file."""
        return self._source.text

    def weigh(self, finding: Finding) -> Finding:
        """A finding whose fixes are safe only where they change no other field than the one that is meant."""
        if not self._may_be or not any(fix.safe for fix in finding.fixes):
            return finding
        return finding._replace(fixes=tuple(map(self._weighed, finding.fixes)))

    @cached_property
    def _may_be(self) -> bool:
        return "&" in self.text and "*" in self.text

    def _weighed(self, fix: Fix) -> Fix:
        return fix._replace(safe=False) if fix.safe and any(map(self.is_shared, fix.edits)) else fix

    def is_shared(self, edit: Edit) -> bool:
        """Whether an edit changes what is used as several fields."""
        if not self._may_be:
            return False
        at = bisect_right(self._starts, edit.span.start) - 1
        return at >= 0 and len(self.fields[self._starts[at]]) > 1

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(self.fields)

    @cached_property
    def fields(self) -> dict[int, set[Path]]:
        """The fields that a value is used as, by where it or a key begins; a key counts for its map."""
        root = read(self._source).root
        fields: defaultdict[int, set[Path]] = defaultdict(set)
        seen: defaultdict[Span, set[Path]] = defaultdict(set)
        waiting = [_Use(root, (), _schema(root))] if root else []
        while waiting:
            use = waiting.pop()
            known = seen[use.node.span]
            if use.path in known or len(known) == _SEVERAL:
                continue
            known.add(use.path)
            fields[use.node.span.start].add(use.path)
            for key, _ in use.node if isinstance(use.node, Mapping) else ():
                fields[key.span.start].add(use.path)
            waiting += use.below()
        return fields


class _Use(NamedTuple):
    """A value as a field: `path` has `*` for each name that is free, and each number.

    `field` is what the schema says of it, where it is a manifest's.
    """

    node: Node
    path: Path
    field: schemas.Field | None

    def below(self) -> Iterator[_Use]:
        """What is in it, as far as Copilot reads it."""
        for step, child in _children(self.node):
            if self.field is None:
                yield _Use(child, (*self.path, step), None)
            elif self.path == (_ENVIRONMENTS,):  # an override has the fields of the manifest
                yield _Use(child, (), _top(self.field))
            elif field := self.field.item() if isinstance(step, int) else self.field.child(step):
                yield _Use(child, (*self.path, step if step in self.field.properties else "*"), field)


def _schema(root: Node) -> schemas.Field | None:
    kind = root.get("type") if isinstance(root, Mapping) else None
    is_known = isinstance(kind, Scalar) and kind.text in (*schemas.FILES, schemas.ENVIRONMENT)
    return schemas.fields(kind.text) if is_known and isinstance(kind, Scalar) else None


def _top(field: schemas.Field) -> schemas.Field:
    return schemas.Field(field.root, field.root)


def _children(node: Node) -> Iterable[tuple[str | int, Node]]:
    if isinstance(node, Mapping):
        return node.entries.items()
    return enumerate(node.items) if isinstance(node, Sequence) else ()
