"""What is around the containers that get a collector's configuration, as far as that is the same for all."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple

from sidecar_lint.syntax.nodes import Scalar
from sidecar_lint.workspace.task_hosts import TaskHosts

if TYPE_CHECKING:
    from sidecar_lint.collector.uses import Use


class Surroundings(NamedTuple):
    """`is_task` where a task of Copilot's is known to run it; paths are those of volumes that are mounted."""

    is_task: bool = False
    neighbours: frozenset[str] = frozenset()
    mounts: tuple[str, ...] = ()


UNKNOWN: Final = Surroundings()


def surroundings(uses: Iterable[Use]) -> Surroundings:
    """What is around the containers that use a configuration: a name counts where all of them have it."""
    found = list(uses)
    if not found:
        return UNKNOWN
    names = reduce(frozenset.__and__, (_neighbours(use) for use in found))
    paths = (point.get("path") for use in found for point in use.container.mount_points)
    mounts = {path.text for path in paths if isinstance(path, Scalar)}
    return Surroundings(is_task=True, neighbours=names, mounts=tuple(sorted(mounts)))


def _neighbours(use: Use) -> frozenset[str]:
    task = TaskHosts(use.manifest)
    names = frozenset() if task.connects else task.names
    return frozenset(name.lower() for name in names if name != use.container.name)
