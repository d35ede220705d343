"""What the rules about `count` share."""

from __future__ import annotations

from typing import Final

from sidecar_lint import Manifest, Mapping

_WEB: Final = ("cpu_percentage", "memory_percentage", "requests", "response_time")
#: What each type of workload can scale on (svc.go, validScalingFields); a job on nothing.
SCALES_ON: Final = {
    "Load Balanced Web Service": _WEB,
    "Backend Service": _WEB,
    "Worker Service": ("cpu_percentage", "memory_percentage", "queue_delay"),
    "Scheduled Job": (),
}
METRICS: Final = (*_WEB, "queue_delay")
PERCENTAGES: Final = ("cpu_percentage", "memory_percentage")

_SCALING: Final = ("value", "cooldown")
_FIELDS: Final = {
    "range": ("min", "max", "spot_from"),
    "cooldown": ("in", "out"),
    "cpu_percentage": _SCALING,
    "memory_percentage": _SCALING,
    "requests": _SCALING,
    "response_time": _SCALING,
    "queue_delay": ("acceptable_latency", "msg_processing_time", "cooldown"),
}


def is_set(section: Mapping, name: str) -> bool:
    """Whether Copilot takes a field of `count` for written: a map counts by what is in it."""
    node = section.get(name)
    if isinstance(node, Mapping):
        return any(is_set(node, field) for field in _FIELDS.get(name, ()))
    return node is not None


def metrics(manifest: Manifest) -> list[str]:
    """What the service is to scale on, of what its type can scale on."""
    count = manifest.mapping("count")
    return [name for name in SCALES_ON.get(manifest.kind, ()) if is_set(count, name)]
