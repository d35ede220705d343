"""Laying `environments.<name>` over the rest of a manifest, as Copilot does.

Copilot merges decoded structs with mergo and a list of transformers that let one form of a field
clear the other. Source: internal/pkg/manifest/transform.go and mergo v0.3.16; the table of what
follows from it was checked against the program itself.
"""

from __future__ import annotations

from typing import Final

from sidecar_lint.manifests.copilot_names import STATIC_SITE
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar
from sidecar_lint.syntax.tree import DEPTH_LIMIT

#: Go maps whose values are replaced whole, null included; a struct's null overrides nothing.
_VALUE_MAPS: Final = frozenset(
    ("variables", "secrets", "secretOptions", "labels", "depends_on", "destination", "args")
)

#: Fields of one struct that rule each other out: what an environment sets clears the other group.
_EFS_GROUPS: Final = (frozenset(("uid", "gid")), frozenset(("id", "root_dir", "auth")))
_IMAGE_GROUPS: Final = (frozenset(("build",)), frozenset(("location",)))
_SCALING: Final = frozenset(
    ("range", "cpu_percentage", "memory_percentage", "requests", "response_time", "queue_delay")
)
#: Goes with the scaling that it belongs to, and clears nothing by itself.
_COOLDOWN: Final = frozenset(("cooldown",))
_COUNT_GROUPS: Final = (frozenset(("spot",)), _SCALING)


def override(base: Mapping, environment: Mapping) -> Mapping:
    """The manifest of an environment: `base` without `environments`, `environment` laid over it."""
    entries = {name: node for name, node in environment.entries.items() if name not in _IGNORED}
    return _Merge(base).struct(base, environment.with_entries(entries), ())


_IGNORED: Final = frozenset(("name", "type", "environments"))
_QUEUE_FIFO: Final = ("subscribe", "queue", "fifo")


class _Merge:
    def __init__(self, manifest: Mapping) -> None:
        kind = manifest.get("type")
        self._is_static_site = isinstance(kind, Scalar) and kind.text == STATIC_SITE

    def struct(self, base: Mapping, over: Mapping, path: tuple[str, ...]) -> Mapping:
        entries = dict(base.entries)
        for cleared in _cleared(over, path):
            entries.pop(cleared, None)
        for name, node in over.entries.items():
            self._lay(entries, name, node, (*path, name))
        return _merged(base, over, entries)

    def _lay(self, entries: dict[str, Node], name: str, node: Node, path: tuple[str, ...]) -> None:
        below = entries.get(name)
        if node.is_null:
            entries.setdefault(name, node)
        elif not isinstance(node, Mapping):
            if not self._says_nothing(node, below, path):
                entries[name] = node
        elif _is_efs_id(path) and is_lost(below):
            return
        elif not isinstance(below, Mapping) or len(path) > DEPTH_LIMIT:
            # `{}` says nothing, so it does not even replace the other form of a field.
            if node.entries or below is None or below.is_null:
                entries[name] = node
        elif _is_value_map(path):
            entries[name] = _replace(below, node)
        else:
            entries[name] = self.struct(below, node, path)

    def _says_nothing(self, node: Node, below: Node | None, path: tuple[str, ...]) -> bool:
        """Whether a value of an environment leaves what is below it in force."""
        if path == _QUEUE_FIFO:
            return isinstance(below, Mapping)  # the one union that no transformer clears
        # The strings of a Static Site are no pointers: an empty one is an unset one.
        empty = isinstance(node, Scalar) and not node.text
        return empty and self._is_static_site and below is not None


def _replace(base: Mapping, over: Mapping) -> Mapping:
    return _merged(base, over, {**base.entries, **over.entries})


def _merged(base: Mapping, over: Mapping, entries: dict[str, Node]) -> Mapping:
    return base.with_entries(entries, is_open=base.open or over.open)


def _is_value_map(path: tuple[str, ...]) -> bool:
    # A sidecar or a volume may be called "labels": its name is no field.
    named_by_user = path[:-1] in (("sidecars",), ("storage", "volumes"))
    return path[-1] in _VALUE_MAPS and not named_by_user


def _is_efs_id(path: tuple[str, ...]) -> bool:
    return path[:2] == ("storage", "volumes") and path[3:] == ("efs", "id")


def _cleared(over: Mapping, path: tuple[str, ...]) -> frozenset[str]:
    groups = _groups(path)
    for group, other in (groups, groups[::-1]):
        if any(_is_written(over, name) for name in group):
            return other | _COOLDOWN if other is _SCALING else other
    return frozenset()


def _is_written(over: Mapping, name: str) -> bool:
    node = over.get(name)
    # An empty `build` counts as none (workload.go, BuildArgsOrString.isEmpty).
    return node is not None and not (name == "build" and isinstance(node, Scalar) and not node.text)


def _groups(path: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    if path == ("image",):
        return _IMAGE_GROUPS
    if path == ("count",):
        return _COUNT_GROUPS
    if path[:2] == ("storage", "volumes") and path[3:] == ("efs",):
        return _EFS_GROUPS
    return frozenset(), frozenset()


def is_lost(base: Node | None) -> bool:
    """Whether `from_cfn` for `efs.id` is lost on a base: a plain id there stays, and wins."""
    return isinstance(base, Scalar) and not base.is_null
