"""What to do with a field that Copilot knows in another place than where it stands."""

from __future__ import annotations

from sidecar_lint import (
    ENVIRONMENT_TYPE,
    PIPELINE,
    REQUEST_DRIVEN,
    WORKLOAD_TYPES,
    Field,
    ManifestFile,
    Mapping,
    Misplaced,
    Scalar,
    UndecodedField,
    as_mapping,
    environments_of,
    homes,
    maps_of,
    node_at,
)
from sidecar_lint_rules.document._other_fields import other_field


def advice(file: ManifestFile, found: Misplaced, unknown: UndecodedField) -> str:
    """What to do with the field, here and in this manifest."""
    name, own = unknown.key.text, found.kind is None
    if found.meant is not None:
        return f"indent it, to be under {found.meant.text!r}"
    if name == "tags" and not own:
        return "leave it out: an environment has the tags of its application (`copilot app init --resource-tags`)"
    if name == "mount_points" and not unknown.path[:-1]:
        return (
            "leave it out: the service's own container has a volume at the `path` of storage.volumes.<name>"
        )
    if own and (instead := other_field(unknown)):
        return instead
    if found.home[-1:] == ("build",) and "location" in unknown.siblings.entries:
        return "leave it out: `location` names an image, and none is built"
    if own and not found.home and name in _OF_THE_TASK:
        return f"`{name}` is the whole task's, at the top level; `taskdef_overrides` can set that of one container"
    return (
        _elsewhere(found, unknown)
        if found.kind
        else _taken(file, found, unknown) or _home(file, found, unknown)
    )


def _taken(file: ManifestFile, found: Misplaced, unknown: UndecodedField) -> str:
    """What to say where the field is written in its place already; nothing where it is not."""
    if found.others or file.root is None or "*" in found.home:
        return ""
    place = (*found.home, unknown.key.text)
    is_there = node_at(file.root, (*_half(unknown), *place)) is not None
    return f"leave it out: {_dotted(place)} is written already" if is_there else ""


def _elsewhere(found: Misplaced, unknown: UndecodedField) -> str:
    """Where a field of another kind of manifest belongs; it may well be written there already."""
    home, kind = _dotted(found.home), found.kind or ""
    owner = _OWNERS.get(kind) or _workload(found.home, unknown.key.text)
    return f"leave it out here: it belongs in the manifest of {owner}" + (f", under {home}" if home else "")


def _home(file: ManifestFile, found: Misplaced, unknown: UndecodedField) -> str:
    """Where in this manifest the field belongs, and as what."""
    root = as_mapping(file.root)
    places = [_concrete(home, unknown) for home in (found.home, *found.others)]
    there = [place for place in places if "*" not in place or root.get(place[0]) is not None]
    home = " or ".join(map(_dotted, there or places))
    if not home:
        if unknown.key.text == "http" and not _has_path(unknown):
            return "leave it out, unless the container answers by HTTP: then it belongs at the top level, with a `path`"
        return "it belongs at the top level of the manifest"
    short = node_at(root, (*_half(unknown), *places[0]))
    if isinstance(short, Scalar) and places[0][-1] in _SHORT:
        as_map = f"{_SHORT[places[0][-1]]}: {short.text}"
        return f"make a map of {home}, `{as_map}`, and put it beside that{_form(places[0], unknown)}"
    return f"it belongs under {home}{_form(places[0], unknown)}"


def _form(home: tuple[str, ...], unknown: UndecodedField) -> str:
    """What the value has to be there, where it is something else here."""
    top = Field(unknown.parent.root, unknown.parent.root)
    field = top.at(iter((*home, unknown.key.text)))
    if field is not None and field.type == "list" and isinstance(unknown.value, Scalar):
        return f", as a list: [{unknown.value.text}]"
    first = next(iter(as_mapping(unknown.value).entries.items()), None)
    longest = _LONGEST.get(unknown.key.text) if home[0:1] + home[-1:] == ("http", "healthcheck") else None
    seconds = unknown.value.seconds if isinstance(unknown.value, Scalar) else None
    if longest is not None and seconds is not None and seconds > longest:
        return f", as {longest}s at most"
    if home[-1:] == ("subnets",) and not {"id", "cidr"} & unknown.siblings.entries.keys():
        return f", and write `cidr`, the range of the VPC, beside `subnets`{_zones(unknown)}"
    if unknown.key.text == "depends_on" and first is not None and isinstance(first[1], Mapping):
        return f", with a word for each container: `{first[0]}: start`"
    return ""


def _zones(unknown: UndecodedField) -> str:
    """What Copilot asks of the subnets of a VPC that it makes, where these are too few (validate_env.go)."""
    zones = {node.text for each in maps_of(unknown.value) if isinstance(node := each.get("az"), Scalar)}
    return "; it needs subnets in two availability zones at least" if len(zones) < _FEWEST_ZONES else ""


def _concrete(home: tuple[str, ...], unknown: UndecodedField) -> tuple[str, ...]:
    """A home with the name of the sidecar, or of the volume, that the field is in already."""
    path = unknown.path[len(_half(unknown)) :]
    shared = [step in (here, "*") for step, here in zip(home, path[:-1], strict=False)]
    names = [str(here) if step == "*" else step for step, here in zip(home, path, strict=False)]
    known = shared.index(False) if False in shared else len(shared)
    return (*names[:known], *home[known:])


def _half(unknown: UndecodedField) -> tuple[str | int, ...]:
    """The environment that the field stands in, as the beginning of a path."""
    return unknown.path[:2] if environments_of(unknown.path) else ()


def _has_path(unknown: UndecodedField) -> bool:
    return "path" in as_mapping(unknown.value).entries


def _workload(home: tuple[str, ...], name: str) -> str:
    """The types of workload that have a field: one, those that run on ECS, or all."""
    types = [kind for kind in WORKLOAD_TYPES if home in homes(kind).get(name, ())]
    if len(types) == 1:
        return f"a {types[0]}"
    return "a service or job" if REQUEST_DRIVEN in types else "a service or job on ECS"


def _dotted(home: tuple[str, ...]) -> str:
    return ".".join(home).replace("*", "<name>").replace(".[]", "[]")


#: Of a VPC that Copilot makes.
_FEWEST_ZONES = 2
#: The field that a text is, where Copilot takes one for a map.
_SHORT = {"build": "dockerfile", "healthcheck": "path"}
#: The seconds that a load balancer takes for its health check.
_LONGEST = {"interval": 300, "timeout": 120}
#: What a container of a task definition has too, and Copilot has only for the task.
_OF_THE_TASK = ("cpu", "memory")
_OWNERS = {
    ENVIRONMENT_TYPE: "an environment, copilot/environments/<name>/manifest.yml",
    PIPELINE: "a pipeline, copilot/pipelines/<name>/manifest.yml",
}
