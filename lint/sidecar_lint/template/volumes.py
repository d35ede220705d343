"""The volumes of a task, and the file systems behind them."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Mapping, Node, Scalar
from sidecar_lint.template.decoding import integer, scalar
from sidecar_lint.template.intrinsics import get_att, ref
from sidecar_lint.template.rereading import quoted, unquoted
from sidecar_lint.template.stack import Stack, once
from sidecar_lint.template.values import NULL, Short, Sourced, Value, present

if TYPE_CHECKING:
    from sidecar_lint.manifests.volumes import FileSystem, Volume

_MANAGED: Final[Value] = {
    "FilesystemId": get_att("EnvControllerAction.ManagedFileSystemID"),
    "RootDirectory": "/",
    "TransitEncryption": "ENABLED",
    "AuthorizationConfig": {"AccessPointId": ref("AccessPoint"), "IAM": "ENABLED"},
}


@once
def managed_volume(stack: Stack) -> Volume | None:
    """The volume whose file system Copilot makes; of several the last by name."""
    found = [volume for volume in by_name(stack) if volume.is_managed]
    return found[-1] if found else None


def own_file_systems(stack: Stack) -> list[Volume]:
    """The volumes whose file system is the user's, by name."""
    return [volume for volume in by_name(stack) if volume.has_file_system and not volume.is_managed]


@once
def by_name(stack: Stack) -> list[Volume]:
    """The volumes by name."""
    return sorted(stack.manifest.task_volumes, key=lambda volume: volume.name)


def volumes(stack: Stack) -> list[Value]:
    """`Volumes`: the managed one first, then the others by name."""
    managed = managed_volume(stack)
    first: list[Value] = [_volume(managed, _MANAGED)] if managed else []
    return first + [_volume(each, _configuration(each)) for each in by_name(stack) if not each.is_managed]


def _volume(volume: Volume, configuration: Value) -> Value:
    entry = {"Name": unquoted(volume.key), "EFSVolumeConfiguration": configuration}
    return Sourced(present(entry), volume.section)


def _configuration(volume: Volume) -> Value:
    if not volume.has_file_system:
        return None
    system = volume.file_system
    root = system.root_dir
    access_point = system.access_point
    return {
        "FilesystemId": file_system_id(system),
        "RootDirectory": quoted(root.text, root) if root and root.text else "/",
        "TransitEncryption": "ENABLED",
        "AuthorizationConfig": present(
            {
                "AccessPointId": unquoted(access_point) if access_point else None,
                "IAM": "ENABLED" if system.iam and system.iam.as_bool else "DISABLED",
            }
        ),
    }


def file_system_id(system: FileSystem) -> Value:
    """The id of a file system; a missing one is imported from nowhere."""
    node = system.id
    if isinstance(node, Scalar):
        return unquoted(node)
    return Short("ImportValue", imported_id(node))


def imported_id(node: Node | None) -> Value:
    """The name of the export that holds the id of a file system."""
    export = scalar(node, "from_cfn") if isinstance(node, Mapping) else None
    return unquoted(export) if export else ""


def owner(stack: Stack, volume: Volume) -> tuple[Value, Value]:
    """The user and the group that own the directory of a managed volume.

    Where neither is given, both are the CRC-32 of the workload's name.
    """
    system = volume.file_system.section
    uid, gid = integer(system, "uid"), integer(system, "gid")
    if uid is None and gid is None:
        number = zlib.crc32(stack.name.encode("utf-8", "surrogatepass"))
        return number, number
    return uid or NULL, gid or NULL
