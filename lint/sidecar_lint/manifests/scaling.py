"""What a service scales on: the long form of `count`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.copilot_names import BACKEND, JOB, LOAD_BALANCED, WORKER
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, as_mapping

if TYPE_CHECKING:
    from sidecar_lint.manifests.effective import EffectiveManifest

#: What `count` can scale on by a percentage.
PERCENTAGES: Final = ("cpu_percentage", "memory_percentage")
_WEB: Final = (*PERCENTAGES, "requests", "response_time")
#: All that `count` can scale on, whatever the type of the workload.
METRICS: Final = (*_WEB, "queue_delay")
#: What each type of workload can scale on (svc.go, validScalingFields); a job on nothing.
_SCALES_ON: Final = {
    LOAD_BALANCED: _WEB,
    BACKEND: _WEB,
    WORKER: (*PERCENTAGES, "queue_delay"),
    JOB: (),
}

_SCALING: Final = ("value", "cooldown")
_FIELDS: Final = {
    "range": ("min", "max", "spot_from"),
    "cooldown": ("in", "out"),
    **dict.fromkeys(_WEB, _SCALING),
    "queue_delay": ("acceptable_latency", "msg_processing_time", "cooldown"),
}


class Scaling(NamedTuple):
    """What a manifest says of scaling: `section` is its `count`, empty where that is no map.

    `possible` is what its type can scale on, which is nothing for a job; None where there is no such thing.
    """

    section: Mapping
    possible: tuple[str, ...] | None

    @property
    def metrics(self) -> list[str]:
        """What the service is to scale on, of what its type can scale on."""
        return [name for name in self.possible or () if self.sets(name)]

    def sets(self, *path: str) -> bool:
        """Whether Copilot takes a field of `count` for written: a map counts by what is in it."""
        section = self.section
        for name in path[:-1]:
            section = as_mapping(section.get(name))
        return _is_set(section, path[-1])


def scaling(manifest: EffectiveManifest) -> Scaling:
    """The `count` of a manifest."""
    return Scaling(manifest.mapping("count"), _SCALES_ON.get(manifest.kind))


def _is_set(section: Mapping, name: str) -> bool:
    node = section.get(name)
    if isinstance(node, Mapping):
        return any(_is_set(node, field) for field in _FIELDS.get(name, ()))
    return node is not None
