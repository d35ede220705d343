"""The volumes of the task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.migration.inventory import InventoryItem, ItemKind, ItemRemark
from sidecar_lint.migration.migration import Migration, danger, note, to_do
from sidecar_lint.template.values import bare
from sidecar_lint.template.volumes import owner, task_volumes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.volumes import Volume


def volumes(migration: Migration) -> Iterator[InventoryItem]:
    """The volumes by name."""
    for volume in task_volumes(migration.stack).by_name:
        yield migration.item(ItemKind.VOLUME, _name(volume), volume.key, *_remarks(migration, volume))


def _name(volume: Volume) -> str:
    if volume.is_managed:
        return f"{volume.name} (EFS, made by Copilot)"
    return f"{volume.name} ({'EFS' if volume.has_file_system else 'empty, goes with the task'})"


def _remarks(migration: Migration, volume: Volume) -> Iterator[ItemRemark]:
    if volume.is_managed:
        user, group = (bare(each) for each in owner(migration.stack, volume))
        yield danger(
            "the file system is a part of the environment's stack, which removes it with the last workload there"
            " that has a managed one: copy or back up the data before you delete anything"
        )
        point = f"for the folder /{migration.stack.name} with the user {user} and the group {group}"
        if migration.is_express:
            yield to_do(f"make an access point of your own {point}: Copilot's goes with its stack")
        else:
            yield note(f"Copilot's access point goes with its stack: --write makes one {point}")
    elif volume.has_file_system:
        yield note("the file system is yours and stays; its security group must let the tasks in")
