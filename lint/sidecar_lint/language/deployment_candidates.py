"""Where names and values for the manifests of environments and pipelines come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.environments.file import EnvironmentFile
from sidecar_lint.language.choice import Choice, files_below
from sidecar_lint.manifests.field_locations import generic
from sidecar_lint.manifests.schema_check import node_at
from sidecar_lint.pipelines.file import PipelineFile
from sidecar_lint.syntax.nodes import as_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.language.cursor import Cursor
    from sidecar_lint.manifests.file import ManifestFile

Path = tuple[str | int, ...]

_ACTIONS: Final = ("pre_deployments", "deployments", "post_deployments")
_BUILDSPECS: Final = "*.y*ml"


def names(file: ManifestFile, path: Path) -> Iterator[Choice]:
    """Names that can be keys of a map at a path: in a stage, the workloads that it may deploy."""
    if (
        isinstance(file, PipelineFile)
        and file.workspace
        and _place(file, path) == ("stages", "[]", "deployments")
    ):
        yield from (Choice(name, "reference", "workload") for name in file.workspace.workloads)


def values(file: ManifestFile, at: Cursor) -> Iterator[Choice]:
    """The names, files and IDs that are known for a place."""
    if isinstance(file, EnvironmentFile):
        yield from _of_environment(file, at)
    elif isinstance(file, PipelineFile):
        yield from _of_pipeline(file, at)


def _of_environment(file: EnvironmentFile, at: Cursor) -> Iterator[Choice]:
    if at.full_path == ("name",) and file.folder:
        yield Choice(file.folder, detail="the name of the folder")
    elif at.full_path[:3] == ("http", "private", "subnets"):
        subnets = (subnet.id for subnet in file.manifest.vpc.subnets)
        yield from (Choice(found.text, "reference", "imported subnet", 0) for found in subnets if found)


def _of_pipeline(file: PipelineFile, at: Cursor) -> Iterator[Choice]:
    workspace, place = file.workspace, _place(file, at.full_path)
    if place[-1:] == ("buildspec",) and workspace:
        yield from files_below(workspace, at, _BUILDSPECS)
    elif place == ("stages", "[]", "name") and workspace:
        yield from (Choice(name, "reference", "environment", 0) for name in workspace.environments)
    elif place[-1:] == ("template_path",) and workspace:
        yield from (
            Choice(f"infrastructure/{name}.env.yml", detail="environment") for name in workspace.environments
        )
    elif "depends_on" in place[-2:]:
        yield from _siblings(file, at.full_path)


def _siblings(file: PipelineFile, path: Path) -> Iterator[Choice]:
    """The other actions of the same map."""
    depth = next((at for at, step in enumerate(path) if step in _ACTIONS), len(path))
    others = as_mapping(node_at(file.root, path[: depth + 1])).entries
    own = path[depth + 1] if depth + 1 < len(path) else None
    yield from (Choice(name, "reference", "action", 0) for name in others if name != own)


def _place(file: ManifestFile, path: Path) -> tuple[str, ...]:
    return generic(file.kind, path) if file.kind else ()
