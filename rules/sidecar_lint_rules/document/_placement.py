"""What an unknown field probably is: a misspelt one, one from another level, or another type's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sidecar_lint import (
    WORKLOAD_TYPES,
    Document,
    Edit,
    Fix,
    Mapping,
    Path,
    Scalar,
    UnknownField,
    closest,
    homes,
    quoted,
    words,
)

#: What people write, from other tools or by habit, where edit distance does not lead to the field.
ALIASES: Final = {
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
}

#: Fields that mean one thing in many places: that another place has one says little. `http.port` is
#: no health check's, and `http.path` of an App Runner service is a load balancer's.
_EVERYWHERE: Final = frozenset(("path", "port"))


class Misplaced(NamedTuple):
    """Where a field belongs instead. `meant`: the empty parent that it was dedented from, if any."""

    home: tuple[str, ...]
    meant: Scalar | None = None


def ignored_by_type(document: Document, unknown: UnknownField) -> list[str]:
    """The workload types that do have this top-level section."""
    if not _is_top(unknown.path) or document.kind is None:
        return []
    return [kind for kind in WORKLOAD_TYPES if () in homes(kind).get(unknown.key.text, ())]


def misplaced(document: Document, unknown: UnknownField) -> Misplaced | None:
    """Where else Copilot knows a field of exactly this name; None where that says too little."""
    if document.kind is None or renamed(unknown, exact=True):
        return None
    name, place = unknown.key.text, _generic(unknown.path)[:-1]
    known = [home for home in homes(document.kind).get(name, ()) if home != place]
    if dedented := _dedented(document, unknown, known):
        return dedented
    if name in _EVERYWHERE and place:
        return None
    near = [home for home in known if _is_near(home, place)] if len(known) > 1 else known
    return Misplaced(near[0]) if len(near) == 1 or () in near[:1] else None


def renamed(unknown: UnknownField, *, exact: bool = False) -> str | None:
    """The field of the same struct that was meant; `exact`: the same words in another spelling."""
    name, fields = unknown.key.text, unknown.parent.properties
    same = next((field for field in fields if words(field) == words(name)), None)
    if same or exact:
        return same
    alias = ALIASES.get(name.replace("-", "_")) or ALIASES.get(_snake(name))
    return alias if alias in fields else closest(name, fields)


def sole(document: Document, node: Mapping) -> UnknownField | None:
    """The unknown field that is all there is in a map, so that Copilot finds no form for it; nowhere else known."""
    shape = document.shape
    if shape is None or len(node.entries) != 1 or not any(each.node is node for each in shape.empty_unions):
        return None
    found = next((each for each in shape.unknown_fields if each.siblings is node), None)
    return found if found and not misplaced(document, found) else None


def rename(unknown: UnknownField, name: str) -> tuple[Fix, ...]:
    """The fix that gives a field another name; none where that is written already, or inherited."""
    if unknown.written_beside(name) or unknown.value.alias is not None:
        return ()
    edit = Edit(unknown.key.span, quoted(name, unknown.key.style))
    return (Fix(f"rename to `{name}`", (edit,), safe=words(name) == words(unknown.key.text)),)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _is_top(path: Path) -> bool:
    return len(_generic(path)) == 1


def _generic(path: Path) -> tuple[str, ...]:
    """A path as `homes` has it: without the environment, names of the user's choice as `*`."""
    steps = tuple("[]" if isinstance(step, int) else step for step in path)
    steps = steps[2:] if steps[:1] == ("environments",) else steps
    if steps[:1] == ("sidecars",):
        return ("sidecars", *("*" for _ in steps[1:2]), *steps[2:])
    if steps[:2] == ("storage", "volumes"):
        return ("storage", "volumes", *("*" for _ in steps[2:3]), *steps[3:])
    return steps


def _is_near(home: tuple[str, ...], place: tuple[str, ...]) -> bool:
    """Whether the place is inside, around or beside the home: elsewhere a name is a coincidence."""
    inside, around = home == place[: len(home)], place == home[: len(place)]
    return inside or (around and len(home) <= len(place) + 1)


def _dedented(document: Document, unknown: UnknownField, known: list[tuple[str, ...]]) -> Misplaced | None:
    """A key directly below an empty parent that has such a field: `http:` and then `path:`."""
    for sibling in _siblings_before(document, unknown):
        home = (*_generic(unknown.path)[:-1], sibling.text)
        if home in known:
            return Misplaced(home, sibling)
    return None


def _siblings_before(document: Document, unknown: UnknownField) -> Iterator[Scalar]:
    """The last empty key written before the unknown one, in the same map."""
    node = document.root
    for step in unknown.path[:-1]:
        below = node.entries.get(step) if node and isinstance(step, str) else None
        node = below if isinstance(below, Mapping) else None
    if node is None:
        return
    before = [key for key, value in node if value.is_null and key.span < unknown.key.span]
    yield from before[-1:]
