"""What an unknown field probably is: a misspelt one, one from another level, or another type's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.field_locations import generic, homes
from sidecar_lint.manifests.schema_check import UndecodedField, environments_of
from sidecar_lint.manifests.schemas import ENVIRONMENT as ENVIRONMENT_TYPE
from sidecar_lint.manifests.schemas import FILES, PIPELINE
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nearest import adds_words, closest, words
from sidecar_lint.syntax.nodes import Scalar, as_mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidecar_lint.manifests.file import ManifestFile

_WORKLOAD_TYPES: Final = tuple(FILES)
#: What people write, from other tools or by habit, where edit distance does not lead to the field.
_ALIASES: Final = {
    "env": "variables",
    "env_vars": "variables",
    "environment": "variables",
    "environment_variables": "variables",
    "envs": "variables",
    "mounts": "mount_points",
    "volume_mounts": "mount_points",
    "container_path": "path",
    "mount_path": "path",
    "log_retention": "retention",
    "options": "destination",
    "health_check": "healthcheck",
    "dockerfile": "build",
    "filesystem_id": "id",
    "file_system_id": "id",
    "root_directory": "root_dir",
    "access_point": "access_point_id",
    "test": "command",
    "target_cpu": "cpu_percentage",
    "target_memory": "memory_percentage",
    "scale_in_cooldown": "in",
    "scale_out_cooldown": "out",
    # Of the other kind of health check.
    "retries": "unhealthy_threshold",
    "grace_period": "start_period",
}

#: Fields that mean one thing in many places: that another place has one says little. `http.port` is
#: no health check's, and `http.path` of an App Runner service is a load balancer's.
_EVERYWHERE: Final = frozenset(("path", "port"))
_CHECK: Final = "healthcheck"


class Misplaced(NamedTuple):
    """Where a field belongs instead.

    `meant`: the empty parent that it was dedented from, if any. `kind`: the kind of manifest that has it,
    where that is another one. `others`: where it may belong as well.
    """

    home: tuple[str, ...]
    meant: Scalar | None = None
    kind: str | None = None
    others: tuple[tuple[str, ...], ...] = ()


def ignored_by_type(file: ManifestFile, unknown: UndecodedField) -> list[str]:
    """The workload types that do have this top-level section."""
    if file.kind not in _WORKLOAD_TYPES or len(generic(file.kind, unknown.path)) != 1:
        return []
    kinds = [kind for kind in _WORKLOAD_TYPES if () in homes(kind).get(unknown.key.text, ())]
    return [] if file.kind in kinds else kinds


def misplaced(file: ManifestFile, unknown: UndecodedField) -> Misplaced | None:
    """Where else Copilot knows a field of exactly this name; None where that says too little."""
    if file.kind is None or meant_field(unknown, exact=True):
        return None
    name, place = unknown.key.text, generic(file.kind, unknown.path)[:-1]
    known = [home for home in homes(file.kind).get(name, ()) if home != place]
    if dedented := _dedented(unknown, place, known):
        return dedented
    if not place and not known and not meant_field(unknown) and (section := _section_of(file.kind, unknown)):
        return Misplaced(section)
    if name in _EVERYWHERE and place:
        return _elsewhere(file.kind, unknown, place)
    same = _same_place(file.kind, unknown, place)
    if same and not (
        same.kind == PIPELINE and known
    ):  # `build` of a workload is its image's, not a pipeline's
        return same
    if checks := _other_checks(place, known):
        return Misplaced(checks[0], others=tuple(checks[1:]))
    near = [home for home in known if _is_near(home, place)] if len(known) > 1 else known
    if len(near) == 1 or () in near[:1]:
        return Misplaced(near[0])
    if place and near and all(home[:-1] == place for home in near):  # `http.certificates` of an environment
        return Misplaced(near[0], others=tuple(near[1:]))
    return None if same else _elsewhere(file.kind, unknown, place)


def _other_checks(place: tuple[str, ...], known: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Where else a health check has a field that the top level has, too: `command`, which means another thing there."""
    is_check = place[-1:] == (_CHECK,) and () in known
    return [home for home in known if is_check and home[-1:] == (_CHECK,)]


def _section_of(kind: str, unknown: UndecodedField) -> tuple[str, ...] | None:
    """The section whose entries have the fields that stand below an unknown one: it is a sidecar, or a volume."""
    names = as_mapping(unknown.value).entries
    for (*section, entry), needed in _ENTRIES.items():
        if needed in names and all((*section, entry) in homes(kind).get(name, ()) for name in names):
            return tuple(section)
    return None


#: What has entries of any name, and a field that tells them.
_ENTRIES: Final = {("sidecars", "*"): "image", ("storage", "volumes", "*"): "efs"}


def _elsewhere(kind: str, unknown: UndecodedField, place: tuple[str, ...]) -> Misplaced | None:
    """Where a manifest of another kind has the field: at the same place, or where only it can be meant."""
    name = unknown.key.text
    if same := _same_place(kind, unknown, place):
        return same
    if name in _COMMON or meant_field(unknown) or "_" not in name:
        return None
    for other in _others(kind):
        near = [home for home in homes(other).get(name, ()) if not place or home[:1] == place[:1]]
        if near:
            return Misplaced(near[0], kind=other)
    return None


def _same_place(kind: str, unknown: UndecodedField, place: tuple[str, ...]) -> Misplaced | None:
    """The manifest of another kind that has the field at the same place."""
    name = unknown.key.text
    if name in _COMMON or meant_field(unknown):
        return None
    return next(
        (Misplaced(place, kind=other) for other in _others(kind) if place in homes(other).get(name, ())), None
    )


def _others(kind: str) -> tuple[str, ...]:
    """The other kinds of manifest, those first that are meant more often."""
    return _OTHERS[kind if kind in _OTHERS else _WORKLOAD_TYPES[0]]


_OTHERS: Final = {
    _WORKLOAD_TYPES[0]: (ENVIRONMENT_TYPE, PIPELINE),
    ENVIRONMENT_TYPE: (*_WORKLOAD_TYPES, PIPELINE),
    PIPELINE: (ENVIRONMENT_TYPE, *_WORKLOAD_TYPES),
}
#: Fields that every kind of manifest has.
_COMMON: Final = frozenset(("name", "type"))


def meant_field(unknown: UndecodedField, *, exact: bool = False) -> str | None:
    """The field of the same struct that was meant; `exact`: the same words in another spelling."""
    name, fields = unknown.key.text, unknown.parent.properties
    plain = words(name)
    same = next((field for field in fields if words(field) == plain), None)
    if same or exact:
        return same
    alias = _ALIASES.get(name.replace("-", "_")) or _ALIASES.get(_snake(name))
    if alias in fields:
        return None if _is_of_another_driver(unknown) else alias
    near = closest(name, fields)
    return _longer(name, fields) if near is None or adds_words(name, near) else near


def _longer(name: str, fields: Iterable[str]) -> str | None:
    """The only field that has all the words of a name, two at least, and then more: `configFile` for `configFilePath`."""
    found = [field for field in fields if _snake(field).startswith(f"{_snake(name)}_")]
    return found[0] if len(found) == 1 and "_" in _snake(name) else None


def _is_of_another_driver(unknown: UndecodedField) -> bool:
    """Whether it is Docker Compose's `logging.options` of a driver that is not FireLens."""
    driver = unknown.siblings.entries.get("driver") if unknown.key.text == "options" else None
    return isinstance(driver, Scalar) and driver.text != "awsfirelens"


def sole_fields(file: ManifestFile) -> dict[int, UndecodedField]:
    """The unknown fields that are all there is in a map, so that Copilot finds no form for it; nowhere else known.

    By the identity of the map.
    """
    unions = file.shape.empty_unions if file.shape else ()
    found = {id(each.node): each.sole for each in unions if each.sole}
    return {map_: field for map_, field in found.items() if not misplaced(file, field)}


def refused_in(file: ManifestFile, unknown: UndecodedField) -> tuple[str, ...]:
    """The environments in which a field makes a difference: all, where the map is refused for want of others."""
    return () if id(unknown.siblings) in file.once(_empty) else environments_of(unknown.path)


def _empty(file: ManifestFile) -> frozenset[int]:
    return frozenset(id(each.node) for each in (file.shape.empty_unions if file.shape else ()))


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _is_near(home: tuple[str, ...], place: tuple[str, ...]) -> bool:
    """Whether the place is inside, around or beside the home: elsewhere a name is a coincidence."""
    inside, around = home == place[: len(home)], place == home[: len(place)]
    return inside or (around and len(home) <= len(place) + 1)


def _dedented(
    unknown: UndecodedField, place: tuple[str, ...], known: list[tuple[str, ...]]
) -> Misplaced | None:
    """A key directly below an empty parent that has such a field: `http:` and then `path:`."""
    if unknown.empty is None:
        return None
    home = (*place, unknown.empty.text)
    return Misplaced(home, unknown.empty) if home in known else None
