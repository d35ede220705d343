"""One manifest file: its text, its tree, its shape, and the manifest of each environment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.linting.subject import Subject
from sidecar_lint.manifests import schemas, shape, unread
from sidecar_lint.manifests.environments import override
from sidecar_lint.manifests.interpolation import ENVIRONMENT, Use, complete, interpolate, uses
from sidecar_lint.manifests.manifest import Manifest
from sidecar_lint.manifests.rewriting import unreadable
from sidecar_lint.manifests.shape import Shape
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import SyntaxProblem, Tree, read

if TYPE_CHECKING:
    from sidecar_lint.collector.collectors import Collectors
    from sidecar_lint.workspace.workspace import Workload


#: What follows from the text alone, whatever is around it.
_FROM_TEXT: Final = ("tree", "root", "type", "kind", "shape", "overrides", "scalars", "uses")


@dataclass(frozen=True)
class Document:
    """A manifest file, read once; each view of it is made when it is first asked for.

    `workload` is the folder around it; None where it lies in no workspace, or only has a name.
    """

    source: Source
    workload: Workload | None = field(default=None, compare=False)

    def around(self, workload: Workload) -> Document:
        """The same manifest in another workload; what its text says is not read again."""
        other = Document(self.source, workload)
        other.__dict__.update({name: self.__dict__[name] for name in _FROM_TEXT if name in self.__dict__})
        return other

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
        """The top of the manifest with what can be interpolated for every environment alike."""
        root = self.tree.root
        written = interpolate(root, {}, self.source.text) if isinstance(root, Mapping) else None
        return written if isinstance(written, Mapping) else None

    @cached_property
    def type(self) -> Scalar | None:
        """The value of `type`, right or wrong."""
        node = self.root.get("type") if self.root else None
        return node if isinstance(node, Scalar) else None

    @cached_property
    def kind(self) -> str | None:
        """The workload type; None where it is not one of Copilot's."""
        return self.type.text if self.type and self.type.text in schemas.FILES else None

    @cached_property
    def shape(self) -> Shape | None:
        """What does not fit the schema; None where there is nothing to compare."""
        if self.root is None or self.kind is None:
            return None
        return shape.check(self.root, self.kind)

    @cached_property
    def overrides(self) -> dict[str, Mapping]:
        """What `environments` says, by name; an environment with nothing in it is empty."""
        root = self.shape.root if self.shape else self.root
        node = root.get("environments") if root else None
        found: dict[str, Mapping] = {}
        for key, value in node if isinstance(node, Mapping) else ():
            found[key.text] = value if isinstance(value, Mapping) else Mapping(value.span)
        return found

    @cached_property
    def rewriting_problem(self) -> SyntaxProblem | None:
        """Why Copilot cannot read the file once it has written it out, if it is so."""
        return unreadable(self.tree.root, self.source.text) if self.tree.root else None

    @property
    def environments(self) -> tuple[str, ...]:
        """Every environment there is something to say about: "*", then those the file names."""
        named = unread.environments(self.source.text) if self.problem else self.overrides
        return (ANY_ENVIRONMENT, *named)

    def subjects(self) -> Iterator[Subject]:
        """The file itself; rules are asked about each of its `manifests` apart from that."""
        yield Subject("check_document", self, self.environments)
        if self.configures_collectors:
            from sidecar_lint.collector.collectors import subjects_of_document

            yield from subjects_of_document(self)

    @cached_property
    def configures_collectors(self) -> bool:
        """Whether a container may get a collector's configuration; most manifests need not be searched."""
        return "AOT_CONFIG_CONTENT" in self.source.text

    @cached_property
    def collectors(self) -> Collectors:
        """The configurations that collectors get: all of the workspace's, as these may be shared."""
        from sidecar_lint.collector.collectors import Collectors

        return self.workload.workspace.collectors if self.workload else Collectors((self,))

    def companions(self) -> Iterator[str]:
        """What is linted with it: its addons, the input files with its secrets, files of its collectors."""
        if self.workload and self.workload.document is self:
            yield from self.workload.addons.paths
        if self.workload and "/secrets/" in self.source.text:
            inputs = self.workload.workspace.secret_inputs.used_by(self)
            yield from (secret_input.source.path for secret_input in inputs)
        if self.configures_collectors:
            from sidecar_lint.collector.collectors import files_of

            yield from files_of(self)

    @cached_property
    def manifests(self) -> tuple[Manifest, ...]:
        """The manifest of each environment; none where the file cannot be understood."""
        if self.shape is None or self.kind is None:
            return ()
        return tuple(self._manifests(self.shape.root, self.kind))

    def _manifests(self, root: Mapping, kind: str) -> Iterator[Manifest]:
        entries = {name: node for name, node in root.entries.items() if name != "environments"}
        base = Mapping(root.span, entries=entries, open=root.open)
        yield Manifest(self, ANY_ENVIRONMENT, kind, base)
        for environment, over in self.overrides.items():
            merged: Node = override(base, over) if over.entries else base
            if self._names_environment:
                merged = complete(merged, {ENVIRONMENT: environment}, self.source.text)
            if isinstance(merged, Mapping):
                yield Manifest(self, environment, kind, merged)

    @cached_property
    def _names_environment(self) -> bool:
        return ENVIRONMENT in self.source.text

    @cached_property
    def scalars(self) -> tuple[Scalar, ...]:
        """Every scalar value as written, each once, keys not included."""
        return tuple(_scalars(self.root)) if self.root else ()

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every `${name}` that Copilot substitutes in the file, in the order of the text."""
        return tuple(uses(self.source.text, self.scalars))


def _scalars(root: Node) -> Iterator[Scalar]:
    seen: set[int] = set()
    pending = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            yield node
        elif node.span.start not in seen:  # an alias brings the same node again
            seen.add(node.span.start)
            pending.extend(_children(node))


def _children(node: Node) -> list[Node]:
    if isinstance(node, Mapping):
        return list(node.entries.values())
    return node.items if isinstance(node, Sequence) else []
