"""The manifest file of a workload, and the manifest of each environment that it makes."""

from __future__ import annotations

import os
from collections.abc import Mapping as Variables
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests import schemas, unread
from sidecar_lint.manifests.credentials import credentials_in_manifest, likely_credentials
from sidecar_lint.manifests.environments import override
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.manifests.interpolation import ENVIRONMENT, complete
from sidecar_lint.manifests.manifest import Manifest
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, size
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from sidecar_lint.workspace.workspace import Workload


#: The environments of a file are all looked at where they are few, or where the values that all of their
#: manifests have together are: a hundred environments of a thousand values.
_FEW_ENVIRONMENTS: Final = 10
_MOST_VALUES: Final = 100_000

#: What follows from the text alone, whatever is around it.
_FROM_TEXT: Final = ("tree", "root", "type", "kind", "shape", "overrides", "scalars", "uses")


@dataclass(frozen=True)
class Document(ManifestFile):
    """The manifest of a workload: the file, and the manifest of each environment.

    `workload` is the folder around it; None where it lies in no workspace, or only has a name.
    """

    workload: Workload | None = field(default=None, compare=False)

    def around(self, workload: Workload) -> Document:
        """The same manifest in another workload; what its text says is not read again."""
        other = Document(self.source, workload)
        other.__dict__.update({name: self.__dict__[name] for name in _FROM_TEXT if name in self.__dict__})
        return other

    @cached_property
    def type(self) -> Scalar | None:
        """The value of `type`, right or wrong."""
        node = self.root.get("type") if self.root else None
        return node if isinstance(node, Scalar) else None

    @cached_property
    def kind(self) -> str | None:
        """The workload type; None where it is not one of Copilot's."""
        return self.type.text if self.type and self.type.text in schemas.FILES else None

    @property
    def is_placed(self) -> bool:
        path = self.workload.manifest_path if self.workload else None
        return path is not None and os.path.abspath(path) == os.path.abspath(self.source.path)

    @property
    def variables(self) -> Variables[str, str]:
        """What is known for every environment alike: nothing."""
        return {}

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
    def environments(self) -> tuple[str, ...]:
        """Every environment there is something to say about: "*", then those the file names, but the `unchecked`."""
        if self.problem:
            return (ANY_ENVIRONMENT, *unread.environments(self.source.text))
        return (ANY_ENVIRONMENT, *list(self.overrides)[: self._checked])

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The environments whose manifests are not looked at: more than a file of its size should have."""
        return tuple(self.overrides)[self._checked :]

    @cached_property
    def _checked(self) -> int:
        """How many of its environments are looked at: each may cost as much as all of the file."""
        if self.root is None or len(self.overrides) <= _FEW_ENVIRONMENTS:
            return len(self.overrides)
        return max(_FEW_ENVIRONMENTS, _MOST_VALUES // size(self.root))

    @cached_property
    def hidden(self) -> tuple[Span, ...]:
        """Credentials that are written out; of a file that is no YAML, what may be one."""
        if self.root is None:
            return tuple(likely_credentials(self.source.text))
        return tuple(credentials_in_manifest((self.root, *self.overrides.values())))

    @cached_property
    def manifests(self) -> tuple[Manifest, ...]:
        """The manifest of each of the `environments`; none where the file cannot be understood."""
        made = (self.manifest(environment) for environment in self.environments)
        return tuple(manifest for manifest in made if manifest)

    def in_environment(self, environment: str, names: Variables[str, str]) -> Manifest | None:
        """The manifest of any environment, with its name and other variables filled in.

        None where the file cannot be understood.
        """
        found = self.manifest(environment if environment in self.overrides else ANY_ENVIRONMENT)
        if found is None:
            return None
        own = {ENVIRONMENT: environment} if environment != ANY_ENVIRONMENT else {}
        root = complete(found.root, {**names, **own}, self.source.text)
        return Manifest(self, environment, found.kind, root) if isinstance(root, Mapping) else None

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
        return Manifest(self, environment, self.kind, merged) if isinstance(merged, Mapping) else None

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


def document_of(workload: Workload) -> Document | None:
    """The manifest of a workload; None where it cannot be read."""
    return workload.once(_document)


def _document(workload: Workload) -> Document | None:
    return Document(workload.source, workload) if workload.source else None
