from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    ENVIRONMENT_TYPE,
    PIPELINE,
    WORKLOAD_TYPES,
    Bad,
    Field,
    Finding,
    ManifestFile,
    Mapping,
    Misplaced,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    UnknownField,
    as_mapping,
    dotted,
    environments_of,
    homes,
    ignored_by_type,
    misplaced,
    node_at,
    refused_in,
)
from sidecar_lint_rules.document._other_fields import other_field
from sidecar_lint_rules.document._unknown import as_environment


class MisplacedField(Rule):
    """A field that Copilot knows stands where it does not look for it.

    Usually the indentation is off by a level: `http:` and then `path:` in the same column, or
    `platform` under `image`. Or it is a field of another manifest: the flow logs of a VPC belong to
    the environment, the path of a load balancer to the service. Copilot ignores the value without a
    word.
    """

    code, name = "SL008", "misplaced-field"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "Copilot ignores it here"
    in_schema = True
    ignored = True
    sources = (
        "internal/pkg/manifest: yaml.Unmarshal without KnownFields",
        "aws/copilot-cli#5181",
        "aws/copilot-cli#5380",
    )
    good = ("platform: linux/arm64\nimage: {location: nginx, port: 80}",)
    bad = (
        Bad(
            """
            image:
              location: nginx
              platform: linux/arm64
            # ^^^^^^^^ SL008
            """
        ),
        Bad(
            """
            http:
            path: /
            ^^^^ SL008
            """
        ),
        Bad(
            """
            image: {build: Dockerfile, port: 80}
            build: Dockerfile
            ^^^^^ SL008
            """
        ),
        Bad(
            """
            sidecars:
            nginx:
            ^^^^^ SL008
              image: nginx
            """
        ),
        Bad(
            """
            network:
              vpc:
                placement: private
                flow_logs: true
            #   ^^^^^^^^^ SL008
            # file: copilot/environments/test/manifest.yml
            http:
              path: /
            # ^^^^ SL008
            cdn: true
            """
        ),
    )
    also_bad = (
        Bad(
            """
            image: {location: nginx, dockerfile: Dockerfile}
            #                        ^^^^^^^^^^ SL008
            schedule: '@daily'
            sidecars: {nginx: {image: nginx, cpu: 256}}
            #                                ^^^ SL008
            environments: {test: {image: {path: /}, path: /, http: {path: /}}}
            #                                       ^^^^ SL008
            """
        ),
        Bad(
            """
            image: {build: Dockerfile, port: 80, cache_from: me/api, http: {healthcheck: /up}}
            #                                    ^^^^^^^^^^ SL008
            #                                                        ^^^^ SL008
            sidecars:
              web: {image: {location: nginx, depends_on: {api: {condition: START}}}}
            #                                ^^^^^^^^^^ SL008
              log: {image: {location: nginx, depends_on: {api: start}}}
            #                                ^^^^^^^^^^ SL008
            mount_points: [{source_volume: data, path: /data}]
            ^^^^^^^^^^^^ SL008
            """
        ),
        Bad(
            """
            type: Load Balanced Web Service
            http: {path: /, additional_listeners: [{port: 81}]}
            #               ^^^^^^^^^^^^^^^^^^^^ SL008
            """
        ),
        Bad(
            """
            type: Backend Service
            memory: 512
            image: {location: nginx, port: 80}
            http: {path: /, interval: 5s, healthcheck: /up}
            #               ^^^^^^^^ SL008
            sidecars: {nginx: {image: nginx, memory: 256}}
            #                                ^^^^^^ SL008
            # file: copilot/environments/test/manifest.yml
            env_file: test.env
            ^^^^^^^^ SL008
            tags: {team: web}
            ^^^^ SL008
            """
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        first: dict[tuple[int, tuple[str, ...], str | None], Scalar] = {}
        for unknown in file.shape.unknown_fields if file.shape else ():
            found = None if ignored_by_type(file, unknown) else misplaced(file, unknown)
            if found is None:
                continue
            here = dotted(unknown.path[:-1]) or "the top level"
            message = f"{unknown.key.text!r} is not a field of {here}"
            other = first.setdefault((id(unknown.siblings), found.home, found.kind), unknown.key)
            yield self.finding(
                unknown.key,
                message,
                help=_help(file, found, unknown),
                related=_parent(found),
                environments=refused_in(file, unknown),
                # All fields of one map that belong to one place are moved there at once.
                follows_from=[
                    *as_environment(file, unknown.path),
                    *([] if other is unknown.key else [(self.code, other)]),
                ],
            )


def _help(file: ManifestFile, found: Misplaced, unknown: UnknownField) -> str:
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


def _taken(file: ManifestFile, found: Misplaced, unknown: UnknownField) -> str:
    """What to say where the field is written in its place already; nothing where it is not."""
    if found.others or file.root is None or "*" in found.home:
        return ""
    place = (*found.home, unknown.key.text)
    is_there = node_at(file.root, (*_half(unknown), *place)) is not None
    return f"leave it out: {_dotted(place)} is written already" if is_there else ""


def _elsewhere(found: Misplaced, unknown: UnknownField) -> str:
    """Where a field of another kind of manifest belongs; it may well be written there already."""
    home, kind = _dotted(found.home), found.kind or ""
    owner = _OWNERS.get(kind) or _workload(found.home, unknown.key.text)
    return f"leave it out here: it belongs in the manifest of {owner}" + (f", under {home}" if home else "")


def _home(file: ManifestFile, found: Misplaced, unknown: UnknownField) -> str:
    """Where in this manifest the field belongs, and as what."""
    root = as_mapping(file.root)
    places = [_concrete(home, unknown) for home in (found.home, *found.others)]
    there = [place for place in places if "*" not in place or root.get(place[0]) is not None]
    home = " or ".join(map(_dotted, there or places))
    if not home:
        needs = ", with a `path`" if unknown.key.text == "http" and not _has_path(unknown) else ""
        return f"it belongs at the top level of the manifest{needs}"
    short = node_at(root, (*_half(unknown), *places[0]))
    if isinstance(short, Scalar) and places[0][-1] in _SHORT:
        as_map = f"{_SHORT[places[0][-1]]}: {short.text}"
        return f"make a map of {home}, `{as_map}`, and put it beside that{_form(places[0], unknown)}"
    return f"it belongs under {home}{_form(places[0], unknown)}"


def _form(home: tuple[str, ...], unknown: UnknownField) -> str:
    """What the value has to be there, where it is something else here."""
    top = Field(unknown.parent.root, unknown.parent.root)
    field = top.at(iter((*home, unknown.key.text)))
    if field is not None and field.type == "list" and isinstance(unknown.value, Scalar):
        return f", as a list: [{unknown.value.text}]"
    first = next(iter(as_mapping(unknown.value).entries.items()), None)
    if unknown.key.text == "depends_on" and first is not None and isinstance(first[1], Mapping):
        return f", with a word for each container: `{first[0]}: start`"
    return ""


def _concrete(home: tuple[str, ...], unknown: UnknownField) -> tuple[str, ...]:
    """A home with the name of the sidecar, or of the volume, that the field is in already."""
    path = unknown.path[len(_half(unknown)) :]
    shared = [step in (here, "*") for step, here in zip(home, path[:-1], strict=False)]
    names = [str(here) if step == "*" else step for step, here in zip(home, path, strict=False)]
    known = shared.index(False) if False in shared else len(shared)
    return (*names[:known], *home[known:])


def _half(unknown: UnknownField) -> tuple[str | int, ...]:
    """The environment that the field stands in, as the beginning of a path."""
    return unknown.path[:2] if environments_of(unknown.path) else ()


def _has_path(unknown: UnknownField) -> bool:
    return "path" in as_mapping(unknown.value).entries


def _workload(home: tuple[str, ...], name: str) -> str:
    """The types of workload that have a field: one, those that run on ECS, or all."""
    types = [kind for kind in WORKLOAD_TYPES if home in homes(kind).get(name, ())]
    if len(types) == 1:
        return f"a {types[0]}"
    return "a service or job" if _ON_APP_RUNNER in types else "a service or job on ECS"


def _dotted(home: tuple[str, ...]) -> str:
    return ".".join(home).replace("*", "<name>").replace(".[]", "[]")


_ON_APP_RUNNER = "Request-Driven Web Service"
#: The field that a text is, where Copilot takes one for a map.
_SHORT = {"build": "dockerfile", "healthcheck": "path"}
#: What a container of a task definition has too, and Copilot has only for the task.
_OF_THE_TASK = ("cpu", "memory")
_OWNERS = {
    ENVIRONMENT_TYPE: "an environment, copilot/environments/<name>/manifest.yml",
    PIPELINE: "a pipeline, copilot/pipelines/<name>/manifest.yml",
}


def _parent(found: Misplaced) -> tuple[Related, ...]:
    return (Related(found.meant.span, "this is empty"),) if found.meant is not None else ()
