from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    ENVIRONMENT_TYPE,
    PIPELINE,
    WORKLOAD_TYPES,
    Bad,
    Finding,
    ManifestFile,
    Misplaced,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    UndecodedField,
    dotted,
    environments_of,
    homes,
    ignored_by_type,
    misplaced,
    node_at,
    refused_in,
)
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
                help=_taken(file, found, unknown) or _home(found, unknown),
                related=_parent(found),
                environments=refused_in(file, unknown),
                # All fields of one map that belong to one place are moved there at once.
                follows_from=[
                    *as_environment(file, unknown.path),
                    *([] if other is unknown.key else [(self.code, other)]),
                ],
            )


def _taken(file: ManifestFile, found: Misplaced, unknown: UndecodedField) -> str:
    """What to say where the field is written in its place already; nothing where it is not."""
    if found.kind is not None or found.others or file.root is None or "*" in found.home:
        return ""
    half = unknown.path[:2] if environments_of(unknown.path) else ()
    place = (*found.home, unknown.key.text)
    is_there = node_at(file.root, (*half, *place)) is not None
    return f"leave it out: {_dotted(place)} is written already" if is_there else ""


def _home(found: Misplaced, unknown: UndecodedField) -> str:
    name = unknown.key.text
    if found.meant is not None:
        return f"indent it, to be under {found.meant.text!r}"
    if found.home[-1:] == ("build",) and "location" in unknown.siblings.entries:
        return "leave it out: `location` names an image, and none is built"
    home = " or ".join(map(_dotted, (found.home, *found.others)))
    if not found.home and found.kind is None and name in _OF_THE_TASK:
        return f"`{name}` is the whole task's, at the top level; `taskdef_overrides` can set that of one container"
    if found.kind is not None:
        manifest = f"it belongs in the manifest of {_OWNERS.get(found.kind) or _workload(found.home, name)}"
        return f"{manifest}, under {home}" if home else manifest
    return f"it belongs under {home}" if home else "it belongs at the top level of the manifest"


def _workload(home: tuple[str, ...], name: str) -> str:
    """The type of workload that has a field, where only one has it."""
    types = [kind for kind in WORKLOAD_TYPES if home in homes(kind).get(name, ())]
    return f"a {types[0]}" if len(types) == 1 else "a service or job"


def _dotted(home: tuple[str, ...]) -> str:
    return ".".join(home).replace("*", "<name>").replace(".[]", "[]")


#: What a container of a task definition has too, and Copilot has only for the task.
_OF_THE_TASK = ("cpu", "memory")
_OWNERS = {
    ENVIRONMENT_TYPE: "an environment, copilot/environments/<name>/manifest.yml",
    PIPELINE: "a pipeline, copilot/pipelines/<name>/manifest.yml",
}


def _parent(found: Misplaced) -> tuple[Related, ...]:
    return (Related(found.meant.span, "this is empty"),) if found.meant is not None else ()
