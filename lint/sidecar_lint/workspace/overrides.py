"""What `overrides/` changes in the CloudFormation template of a workload, or of all environments.

Source: internal/pkg/override. `cfn.patches.yml` is a list of JSON patches and can be read; a CDK
application can do anything, and is only known to be there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from sidecar_lint.files.reading import Unread
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence, as_mapping
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from sidecar_lint.workspace.project_files import ProjectFiles

PATCHES: Final = "cfn.patches.yml"
_VOLUMES: Final = ("", "Resources", "TaskDefinition", "Properties", "Volumes")


class Patch(NamedTuple):
    """One patch: `add`, `remove` or `replace`, where in the template, and the value to put there."""

    operation: str
    path: tuple[str, ...]
    value: Node | None

    def mentions(self, name: str) -> bool:
        """Whether a property of this name is on the way to the place, or in what is put there."""
        return name in self.path or _holds(self.value, name)


class Overrides:
    """An `overrides/` folder; there may be none at this path."""

    def __init__(self, files: ProjectFiles, folder: str) -> None:
        self._files = files
        self._folder = folder

    @property
    def unread_paths(self) -> Iterator[str]:
        """The patches, if they are there and were not read; the folder, if that was not."""
        names, patches = self._files.listing(self._folder), os.path.join(self._folder, PATCHES)
        if isinstance(names, Unread):
            yield from () if names.is_missing else (self._folder,)
        elif PATCHES in names and isinstance(self._files.look(patches), Unread):
            yield patches

    @cached_property
    def _patches(self) -> tuple[Patch, ...] | None:
        """The patches in their order; None where something is changed and nobody can say what."""
        names = self._files.listing(self._folder)
        if isinstance(names, Unread):
            return () if names.is_missing else None
        if PATCHES not in names:
            return None if names else ()
        source = self._files.source(os.path.join(self._folder, PATCHES))
        tree = read(source) if source else None
        if tree is None or tree.unread:
            return None
        items = tree.root.items if isinstance(tree.root, Sequence) else []
        return tuple(_patch(item) for item in items if isinstance(item, Mapping))

    def mention(self, *names: str) -> bool:
        """Whether properties of the template with one of these names may be changed."""
        if self._patches is None:
            return True
        return any(patch.mentions(name) for patch in self._patches for name in names)

    @property
    def change_containers(self) -> bool:
        """Whether containers may be added or taken away."""
        if self._patches is None:
            return True
        return any("ContainerDefinitions" in patch.path[-2:] for patch in self._patches)

    @cached_property
    def volumes(self) -> frozenset[str] | None:
        """The names of the volumes that are added to the task; None where they cannot be known."""
        if self._patches is None:
            return None
        names: set[str] = set()
        for patch in self._patches:
            if not patch.mentions("Volumes"):
                continue
            added = _volume_names(patch)
            if added is None:
                return None
            names |= added
        return frozenset(names)


def _patch(item: Mapping) -> Patch:
    operation, path = item.get("op"), item.get("path")
    steps = path.text.split("/") if isinstance(path, Scalar) else []
    unescaped = tuple(step.replace("~1", "/").replace("~0", "~") for step in steps)
    return Patch(operation.text if isinstance(operation, Scalar) else "", unescaped, item.get("value"))


def _holds(node: Node | None, name: str) -> bool:
    if isinstance(node, Mapping):
        return name in node.entries or any(_holds(child, name) for child in node.entries.values())
    return isinstance(node, Sequence) and any(_holds(child, name) for child in node.items)


def _volume_names(patch: Patch) -> set[str] | None:
    """The volumes that a patch of the task's `Volumes` adds; None for any other patch."""
    if patch.operation not in ("add", "replace") or patch.path[: len(_VOLUMES)] != _VOLUMES:
        return None
    rest = patch.path[len(_VOLUMES) :]
    if rest[1:] == ("Name",):
        return _texts([patch.value])
    if rest[1:]:
        return set()
    volumes = patch.value.items if isinstance(patch.value, Sequence) and not rest else [patch.value]
    return _texts([as_mapping(volume).get("Name") for volume in volumes])


def _texts(names: list[Node | None]) -> set[str] | None:
    """Names as they are written; None where one is not plain text."""
    texts = {name.text for name in names if isinstance(name, Scalar) and name.tag is None}
    return texts if len(texts) == len(names) else None
