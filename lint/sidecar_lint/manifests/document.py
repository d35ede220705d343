"""The manifest file of a workload, and the manifest of each environment that it makes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.effective import tell_apart
from sidecar_lint.manifests.environments import override
from sidecar_lint.manifests.interpolation import ENVIRONMENT, complete
from sidecar_lint.manifests.manifest import Manifest
from sidecar_lint.manifests.workload_file import WorkloadFile
from sidecar_lint.syntax.nodes import Mapping, Node

if TYPE_CHECKING:
    from collections.abc import Mapping as Variables

    from sidecar_lint.workspace.workspace import Workload

#: What follows from the text alone, whatever is around it.
_FROM_TEXT: Final = ("tree", "root", "type", "kind", "shape", "overrides", "scalars", "uses")


@dataclass(frozen=True)
class Document(WorkloadFile):
    """The manifest of a workload: the file, and the manifest of each environment."""

    def around(self, workload: Workload) -> Document:
        """The same manifest in another workload; what its text says is not read again."""
        other = Document(self.source, workload)
        other.__dict__.update({name: self.__dict__[name] for name in _FROM_TEXT if name in self.__dict__})
        return other

    @cached_property
    def manifests(self) -> tuple[Manifest, ...]:
        """The manifest of each of the `environments`; none where the file cannot be understood."""
        made = (self.manifest(environment) for environment in self.environments)
        manifests = tuple(manifest for manifest in made if manifest)
        if manifests:
            tell_apart(manifests)
        return manifests

    def in_environment(self, environment: str, names: Variables[str, str]) -> Manifest | None:
        """The manifest of any environment, with its name and other variables filled in.

        None where the file cannot be understood.
        """
        found = self.manifest(environment if environment in self.overrides else ANY_ENVIRONMENT)
        if found is None:
            return None
        own = {ENVIRONMENT: environment} if environment != ANY_ENVIRONMENT else {}
        root = complete(found.root, {**names, **own}, self.source.text)
        return (
            Manifest(self, environment, found.kind, root, self._siblings)
            if isinstance(root, Mapping)
            else None
        )

    def manifest(self, environment: str) -> Manifest | None:
        """The manifest of an environment that the file names, or "*"; None where it cannot be understood.

        Of one of the `environments` it is made anew.
        """
        if self.kind is None or self._base is None:
            return None
        over = self.overrides.get(environment)
        merged: Node = override(self._base, over) if over and over.entries else self._base
        if self._names_environment and environment != ANY_ENVIRONMENT:
            merged = complete(merged, {ENVIRONMENT: environment}, self.source.text)
        return (
            Manifest(self, environment, self.kind, merged, self._siblings)
            if isinstance(merged, Mapping)
            else None
        )

    @cached_property
    def _base(self) -> Mapping | None:
        """All of the manifest but for its environments."""
        if self.shape is None:
            return None
        root = self.shape.root
        entries = {name: node for name, node in root.entries.items() if name != "environments"}
        return Mapping(root.span, entries=entries, open=root.open)

    @cached_property
    def _names_environment(self) -> bool:
        return ENVIRONMENT in self.source.text

    def _siblings(self) -> tuple[Manifest, ...]:
        return self.manifests


def document_of(workload: Workload) -> Document | None:
    """The manifest of a workload; None where it cannot be read."""
    return workload.once(_document)


def _document(workload: Workload) -> Document | None:
    return Document(workload.source, workload) if workload.source else None
