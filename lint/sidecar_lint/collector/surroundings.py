"""What is around the containers that get a collector's configuration, as far as that is the same for all."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidecar_lint.collector.bindings import CollectorBinding


class Surroundings(NamedTuple):
    """`is_task` where a task of Copilot's is known to run it; `mounts` are paths of volumes.

    `names` are those of containers which nothing resolves, `own` those of the containers that get it.
    """

    is_task: bool = False
    names: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    mounts: tuple[str, ...] = ()
    #: Whether the image is that of the collector's own project, and so surely not AWS's.
    is_upstream: bool = False

    def is_neighbour(self, host: str) -> bool:
        """Whether a host is the name of a container beside it."""
        name = host.lower()
        return name in self.names and name not in self.own


UNKNOWN: Final = Surroundings()


def surroundings(uses: Iterable[CollectorBinding]) -> Surroundings:
    """What is around the containers that use a configuration: a name counts where all of their tasks have it."""
    found = list(uses)
    if not found:
        return UNKNOWN
    tasks = {id(use.manifest): use.manifest.task_hosts for use in found}.values()
    # With Service Connect a name may be that of another service.
    names = reduce(frozenset.__and__, (frozenset() if task.connects else task.names for task in tasks))
    own = frozenset(use.container.name.lower() for use in found)
    paths = (point.get("path") for use in found for point in use.container.mount_points)
    mounts = {path.text for path in paths if isinstance(path, Scalar)}
    is_upstream = all(use.is_upstream for use in found)
    return Surroundings(True, names, own, tuple(sorted(mounts)), is_upstream)
