"""Where names and values for a place come from: the manifest, the workspace, the tables, the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.firelens.outputs import output_names, output_plugin
from sidecar_lint.language import deployment_candidates
from sidecar_lint.language.choice import Choice, files_below
from sidecar_lint.language.error_recovery import manifest_at, without_environment
from sidecar_lint.manifests.interpolation import APPLICATION, ENVIRONMENT
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.manifests.schemas import FILES, Field
from sidecar_lint.template.deployed import deployed_volumes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.language.cursor import Cursor
    from sidecar_lint.manifests.file import ManifestFile
    from sidecar_lint.manifests.manifest import Manifest

Path = tuple[str | int, ...]

#: Maps whose keys are the user's own, and the sections that give names to entries of lists and maps.
_NAMED: Final = (("sidecars",), ("storage", "volumes"))
_TARGETS: Final = ("target_container", "targetContainer")
_CONDITIONS: Final = ("start", "healthy", "complete", "success")
#: The path that `copilot secret init` gives a parameter.
_SECRET: Final = f"/copilot/${{{APPLICATION}}}/${{{ENVIRONMENT}}}/secrets/"
_FILES: Final = {"env_file": "*.env", "dockerfile": "*ockerfile*", "build": "*ockerfile*", "context": ""}


def pattern(path: Path) -> tuple[str, ...]:
    """A path with `*` for every name of the user's choice and every position, environments left out."""
    steps = ["*" if isinstance(step, int) else step for step in without_environment(path)]
    for named in _NAMED:
        if tuple(steps[: len(named)]) == named and len(steps) > len(named):
            steps[len(named)] = "*"
    return tuple(steps)


def names(file: ManifestFile, path: Path) -> Iterator[Choice]:
    """Names that can be keys of a map at a path."""
    yield from _names(file, path) if isinstance(file, Document) else deployment_candidates.names(file, path)


def _names(document: Document, path: Path) -> Iterator[Choice]:
    manifest = manifest_at(document, path)
    place = pattern(path)
    if path == ("environments",):
        known = document.workload.workspace.environments if document.workload else ()
        yield from (Choice(name, detail="environment") for name in known)
    elif manifest is None:
        return
    elif place[-1:] == ("depends_on",):
        own = str(without_environment(path)[1]) if place[0] == "sidecars" else manifest.name
        yield from (Choice(name, detail="container") for name in manifest.containers if name and name != own)
    elif place in _NAMED and path != place:
        inherited = manifest.base.mapping(*place)
        yield from (Choice(name, detail="of the base") for name in inherited.entries)
    elif place == ("logging", "destination"):
        yield from _output_options(manifest)


def _output_options(manifest: Manifest) -> Iterator[Choice]:
    name = manifest.scalar("logging", "destination", "Name")
    plugin = output_plugin(name.text) if name else None
    if plugin is None:
        yield Choice("Name", detail="the output")
        return
    for option in plugin.options:
        needed = any(option in group for group in plugin.required)
        detail = f"required by {plugin.name}" if needed else f"option of {plugin.name}"
        yield Choice(option, detail=detail, rank=0 if needed else 1)


def values(file: ManifestFile, at: Cursor, field: Field | None) -> Iterator[Choice]:
    """The values that are known for a place, the same one perhaps twice."""
    if isinstance(file, Document):
        yield from _values(file, at, field)
    else:
        yield from deployment_candidates.values(file, at)
        yield from _listed(field)


def _values(document: Document, at: Cursor, field: Field | None) -> Iterator[Choice]:
    if at.path == () and at.key == "type":
        yield from (Choice(kind, detail="type of workload") for kind in FILES)
    if at.path == () and at.key == "name" and document.workload:
        yield Choice(document.workload.folder_name, detail="the name of the folder")
    manifest = manifest_at(document, at.path)
    if manifest:
        yield from _references(manifest, at)
    if at.key in _FILES and document.workload:
        yield from files_below(document.workload.workspace, at, _FILES[at.key])
    else:
        yield from _listed(field)


def _references(manifest: Manifest, at: Cursor) -> Iterator[Choice]:
    place = pattern(at.path)
    if at.key in _TARGETS:
        for each in manifest.containers.values():
            if each.port is not None:
                yield Choice(each.name, "reference", f"port {each.port.text}", 0)
    elif at.key == "source_volume":
        volumes = dict.fromkeys((*manifest.volumes.entries, *sorted(deployed_volumes(manifest) or ())))
        yield from (Choice(name, "reference", "volume", 0) for name in volumes)
    elif place[-1:] == ("depends_on",):
        yield from (Choice(condition) for condition in _CONDITIONS)
    elif place == ("logging", "destination") and at.key == "Name":
        yield from (Choice(name, detail="Fluent Bit output") for name in output_names())
    elif place[-1:] == ("secrets",) and at.key:
        yield Choice(_SECRET + at.key, detail="as `copilot secret init` names it")


def _listed(field: Field | None) -> Iterator[Choice]:
    """What the schema lists: enumerations, examples, both bools, the default."""
    if field is None or (field.type in ("map", "list") and not field.union):
        return
    default = field.schema.get("default")
    # Of the many spellings of a bool that the schema lets pass, two are enough.
    listed = (True, False) if field.type.startswith("bool") else field.listed
    for value in (*listed, default):
        if value is not None and not isinstance(value, (dict, list)):
            yield Choice(_spelt(value), detail="default" if value == default else "")


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
