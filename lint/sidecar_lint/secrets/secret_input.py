"""An input file of `copilot secret init --cli-input-yaml`: what each secret is in each environment.

    db_password:
      test: one
      prod: another

Source: internal/pkg/cli/secret_init.go, parseSecretsInputFile. Nothing is interpolated in it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sidecar_lint.memo import Memo
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.comments import comments
from sidecar_lint.syntax.grammar import marks
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, as_mapping
from sidecar_lint.syntax.source import Source, between
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import Tree, read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sidecar_lint.workspace.workspace import Workspace


class SecretValue(NamedTuple):
    """What a secret is in one environment: its name, the environment's, and what is written for it."""

    secret: Scalar
    environment: Scalar
    node: Node

    @property
    def text(self) -> str | None:
        """The text that Copilot stores: none at all for null; None where it is a list or a map."""
        if not isinstance(self.node, Scalar):
            return None
        return "" if self.node.is_null else self.node.text


class SecretInput(Memo):
    """A file that `copilot secret init` reads, in a workspace or by itself."""

    def __init__(self, source: Source, workspace: Workspace | None = None) -> None:
        self.source = source
        self.workspace = workspace

    @cached_property
    def tree(self) -> Tree:
        """The YAML as written."""
        return read(self.source)

    @property
    def root(self) -> Mapping:
        """The secrets by their names; what is right is a map of environments for each."""
        return as_mapping(self.tree.root)

    @cached_property
    def values(self) -> tuple[SecretValue, ...]:
        """Every value, in the order of the file."""
        return tuple(
            SecretValue(name, environment, node)
            for name, environments in self.root
            for environment, node in as_mapping(environments)
        )

    def hidden_but(self, shown: Iterable[Span], known: Collection[str] = ()) -> Iterator[Span]:
        """Everything but some spans, names, environments, brackets and the like: a secret may be in a comment, too.

        Of a file that cannot be read, those names are shown that are `known` from elsewhere.
        """
        structure = (mark.span for mark in marks(self.source.text) if mark.key is None)
        instructions = (comment.span for comment in comments(self.source))
        told = (*structure, *self._names(known), *shown, *instructions)
        return (Span(*each) for each in between(sorted(told), len(self.source.text)))

    def _names(self, known: Collection[str]) -> Iterator[Span]:
        """Where names of secrets and environments stand."""
        if self.tree.unread:
            yield from (mark.span for mark in marks(self.source.text) if mark.key in known)
            return
        written = [node for _, node in self.root if node.alias is None]  # and not merged from elsewhere
        for mapping in (self.root, *map(as_mapping, written)):
            yield from (key.span for pair in mapping.duplicates for key in pair)
            yield from (key.span for key, node in mapping if node.alias is None)

    @property
    def environments(self) -> tuple[str, ...]:
        """The environments that it has a value for, in the order of the file."""
        return tuple(dict.fromkeys(value.environment.text for value in self.values))
