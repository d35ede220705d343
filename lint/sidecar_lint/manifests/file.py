"""A manifest as written, of whatever kind: its text, its tree, and how it fits the schema of its kind."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from sidecar_lint.manifests import schema_check
from sidecar_lint.manifests.credentials import likely_credentials
from sidecar_lint.manifests.interpolation import Use, interpolate, uses
from sidecar_lint.manifests.rewriting import unreadable
from sidecar_lint.memo import Memo
from sidecar_lint.syntax.nodes import NOTHING, Mapping, Node, Scalar, Sequence, as_mapping
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import Tree, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Variables

    from sidecar_lint.manifests.schema_check import Shape
    from sidecar_lint.syntax.problem import SyntaxProblem
    from sidecar_lint.syntax.source import Source


class ManifestFile(Memo):
    """The manifest of a workload, an environment or a pipeline, read once.

    Each view of it is made when it is first asked for. A subclass says which schema it has (`kind`),
    and what is substituted in it before it is decoded (`variables`).
    """

    def __init__(self, source: Source) -> None:
        self.source = source

    def with_source(self, source: Source) -> Self:
        """The same file with another text."""
        return type(self)(source)

    @property
    def kind(self) -> str | None:
        """The schema that it is held against; None where that is not known."""
        return None

    @property
    def description(self) -> str:
        """What it is, in words that complete "a field of …"."""
        return "a manifest"

    @property
    def is_placed(self) -> bool:
        """Whether Copilot finds it where it lies, whatever is in it."""
        return False

    @property
    def variables(self) -> Variables[str, str] | None:
        """What is known of the variables that Copilot puts in; None where it substitutes nothing."""
        return None

    @cached_property
    def tree(self) -> Tree:
        """The YAML as written."""
        return read(self.source, loops=True)

    @property
    def problem(self) -> SyntaxProblem | None:
        """Why the file is no YAML, if it is none."""
        return self.tree.problem

    @cached_property
    def root(self) -> Mapping | None:
        """The top of the manifest once everything that is known is substituted; None where it is no map."""
        root, variables = self.tree.root, self.variables
        if not isinstance(root, Mapping) or variables is None:
            return root if isinstance(root, Mapping) else None
        written = interpolate(root, variables, self.source.text)
        return written if isinstance(written, Mapping) else None

    @cached_property
    def rewriting_problem(self) -> SyntaxProblem | None:
        """Why Copilot cannot read the file once it has put variables in and written it out, if it is so."""
        if self.tree.root is None or self.variables is None:
            return None
        return unreadable(self.tree.root, self.source.text)

    @cached_property
    def shape(self) -> Shape | None:
        """What does not fit the schema; None where there is nothing to compare."""
        if self.root is None or self.kind is None:
            return None
        return schema_check.check(self.root, self.kind)

    def written(self, field: str) -> Node | None:
        """A field at the top as it is written, before anything is substituted; None where it is empty."""
        node = as_mapping(self.tree.root).get(field)
        return None if isinstance(node, Scalar) and not node.text else node

    def head_of(self, field: str) -> Node:
        """Where to point at for want of a field: where it is written with no value, else the first field."""
        root = as_mapping(self.tree.root)
        found = root.entries.get(field) or next(iter(root.entries.values()), None)
        return found.key if found is not None and found.key is not None else root

    def want_of_map(self) -> tuple[Node | Span, str]:
        """Where to point at, and what to say, of a file whose top is no map."""
        root = self.tree.root
        if root is None or root.is_null:
            return root or Span(0, 0), "the file is empty"
        return root, "a manifest is a map of fields"

    @property
    def decoded(self) -> Mapping:
        """What Copilot decodes of it; an empty map where it decodes nothing."""
        return self.shape.root if self.shape else NOTHING

    @property
    def hidden(self) -> tuple[Span, ...]:
        """What no report may show besides credentials anywhere: of a file that is no YAML, what may be one."""
        return tuple(likely_credentials(self.source.text)) if self.tree.unread else ()

    @cached_property
    def scalars(self) -> tuple[Scalar, ...]:
        """Every scalar value as written, each once, keys not included."""
        return tuple(_scalars(self.root)) if self.root else ()

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every `${name}` that Copilot substitutes in the file, in the order of the text."""
        return tuple(uses(self.source.text, self.scalars))


def _scalars(root: Node) -> Iterator[Scalar]:
    seen: set[tuple[bool, Span]] = set()
    pending = [root]
    while pending:
        node = pending.pop()
        is_scalar = isinstance(node, Scalar)
        if (is_scalar, node.span) in seen:  # an alias brings the same node again
            continue
        seen.add((is_scalar, node.span))
        if isinstance(node, Scalar):
            yield node
        else:
            pending.extend(_children(node))


def _children(node: Node) -> list[Node]:
    if isinstance(node, Mapping):
        return list(node.entries.values())
    return node.items if isinstance(node, Sequence) else []
