"""The access point to the file system that Copilot makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template.intrinsics import get_att, sub
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.values import Sourced, Value
from sidecar_lint.template.volumes import owner, task_volumes

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_DESCRIPTION: Final = "An EFS access point to handle POSIX permissions"


def access_point(stack: Stack) -> Resources:
    """`AccessPoint`, where a volume is Copilot's."""
    if task_volumes(stack).managed is not None:
        yield "AccessPoint", resource("AWS::EFS::AccessPoint", lambda: _properties(stack), _DESCRIPTION)


def _properties(stack: Stack) -> Value:
    volume = task_volumes(stack).managed
    uid, gid = owner(stack, volume) if volume else (None, None)
    properties: dict[str, Value] = {
        "ClientToken": sub("${AppName}-${EnvName}-${WorkloadName}"),
        "FileSystemId": get_att("EnvControllerAction.ManagedFileSystemID"),
        "PosixUser": {"Uid": uid, "Gid": gid},
        "RootDirectory": {
            "Path": sub(f"/{stack.name}"),
            "CreationInfo": {"OwnerUid": uid, "OwnerGid": gid, "Permissions": "0755"},
        },
    }
    return Sourced(properties, volume.section) if volume else properties
