"""The volumes of a task, and the file systems behind them."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.volumes import Volume
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import NOTHING, Mapping, Node, Scalar, as_mapping
from sidecar_lint.template.decoding import integer, scalar
from sidecar_lint.template.fields import of_fields
from sidecar_lint.template.intrinsics import get_att, ref
from sidecar_lint.template.rereading import quoted, unquoted
from sidecar_lint.template.values import NULL, Short, Sourced, Value, present

if TYPE_CHECKING:
    from sidecar_lint.manifests.volumes import FileSystem
    from sidecar_lint.template.stack import Stack

_MANAGED: Final[Value] = {
    "FilesystemId": get_att("EnvControllerAction.ManagedFileSystemID"),
    "RootDirectory": "/",
    "TransitEncryption": "ENABLED",
    "AuthorizationConfig": {"AccessPointId": ref("AccessPoint"), "IAM": "ENABLED"},
}


class TaskVolumes(NamedTuple):
    """The volumes of a task by name, and as the task definition has them."""

    by_name: list[Volume]
    #: The one whose file system Copilot makes; of several the last.
    managed: Volume | None
    #: Those whose file system is the user's.
    own_file_systems: list[Volume]
    #: The managed one first.
    values: list[Value]


def task_volumes(stack: Stack) -> TaskVolumes:
    """The volumes of a task; none of what is none."""
    return _task_volumes(stack, stack.manifest.root if stack.manifest.is_ecs else NOTHING)


@of_fields("storage")
def _task_volumes(root: Mapping) -> TaskVolumes:
    by_name = sorted(Volume.all_of(as_mapping(as_mapping(root.get("storage")).get("volumes"))), key=_name)
    managed = [volume for volume in by_name if volume.is_managed]
    others = [volume for volume in by_name if volume not in managed]
    own = [volume for volume in others if volume.has_file_system]
    first: list[Value] = [_volume(managed[-1], _MANAGED)] if managed else []
    values = first + [_volume(each, _configuration(each) if each in own else None) for each in others]
    return TaskVolumes(by_name, managed[-1] if managed else None, own, values)


def _name(volume: Volume) -> str:
    return volume.name


def _volume(volume: Volume, configuration: Value) -> Value:
    entry = {"Name": unquoted(volume.key), "EFSVolumeConfiguration": configuration}
    return Sourced(present(entry), volume.section)


def _configuration(volume: Volume) -> Value:
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
