"""The volumes of a task: `storage.volumes`, and the file system below `efs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, as_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator


class FileSystem(NamedTuple):
    """The map form of `efs`: a file system of one's own, or the owner of Copilot's (storage.go)."""

    section: Mapping

    @property
    def id(self) -> Node | None:
        """The id of a file system: a text, or `from_cfn`."""
        return self.section.get("id")

    @property
    def root_dir(self) -> Scalar | None:
        """The directory of the file system that is mounted."""
        return _scalar(self.section, "root_dir")

    @property
    def auth(self) -> Mapping:
        """`auth`; empty where there is none."""
        node = self.section.get("auth")
        return as_mapping(node)

    @property
    def iam(self) -> Scalar | None:
        """`auth.iam`."""
        return _scalar(self.auth, "iam")

    @property
    def access_point(self) -> Scalar | None:
        """`auth.access_point_id`."""
        return _scalar(self.auth, "access_point_id")

    @property
    def uid(self) -> Scalar | None:
        """The user that owns the directory Copilot makes."""
        return _scalar(self.section, "uid")

    @property
    def gid(self) -> Scalar | None:
        """The group that owns the directory Copilot makes."""
        return _scalar(self.section, "gid")

    @property
    def owner(self) -> Scalar | None:
        """`uid` or `gid`, if one is set: Copilot then makes the file system."""
        return self.uid or self.gid

    @property
    def imported(self) -> Node | None:
        """`id`, `root_dir`, or a field of `auth`, if one is set: the file system is the user's."""
        return self.id or self.root_dir or self.iam or self.access_point


class Volume(NamedTuple):
    """A volume of the task. Every volume is mounted in the main container, sidecars ask for it."""

    key: Scalar
    section: Mapping

    @classmethod
    def all_of(cls, section: Mapping) -> Iterator[Volume]:
        """The volumes of a `storage.volumes`; what is no map is left out."""
        for key, node in section:
            if isinstance(node, Mapping):
                yield cls(key, node)

    @property
    def name(self) -> str:
        """Its name, which `mount_points` refer to."""
        return self.key.text

    @property
    def path(self) -> Scalar | None:
        """Where the main container sees it."""
        return _scalar(self.section, "path")

    @property
    def read_only(self) -> bool | None:
        """Whether the main container may only read it; None where Copilot cannot decode the answer."""
        node = self.section.get("read_only")
        if node is None:
            return True
        return node.as_bool if isinstance(node, Scalar) else None

    @property
    def file_system(self) -> FileSystem:
        """The map form of `efs`; an empty one for the other form."""
        node = self.section.get("efs")
        return FileSystem(as_mapping(node))

    @property
    def is_managed(self) -> bool:
        """Whether Copilot makes the file system (storage.go, UseManagedFS)."""
        node = self.section.get("efs")
        return self.file_system.owner is not None or (isinstance(node, Scalar) and node.as_bool is True)

    @property
    def has_file_system(self) -> bool:
        """Whether it is on EFS, rather than a scratch volume that goes with the task."""
        return self.is_managed or self.file_system.imported is not None

    @property
    def is_scratch(self) -> bool:
        """Whether it is surely an empty volume that goes with the task."""
        node = self.section.get("efs")
        return node is None or (isinstance(node, Scalar) and node.as_bool is False)


def _scalar(section: Mapping, name: str) -> Scalar | None:
    node = section.get(name)
    return node if isinstance(node, Scalar) else None
