"""The pipelines that a workspace has. Each is read once, for the first who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sidecar_lint.pipelines.file import PipelineFile
    from sidecar_lint.pipelines.pipeline import Pipeline
    from sidecar_lint.workspace.workspace import Workspace


def pipeline_files(workspace: Workspace) -> tuple[PipelineFile, ...]:
    """The manifests of pipelines, in the order of their paths; those that can be read."""
    return workspace.once(_files)


def pipelines_by_name(workspace: Workspace) -> dict[str, Pipeline]:
    """The pipelines by the name that is written in them, the first of each."""
    return workspace.once(_by_name)


def _files(workspace: Workspace) -> tuple[PipelineFile, ...]:
    from sidecar_lint.pipelines.file import PipelineFile

    sources = map(workspace.files.source, workspace.pipeline_paths)
    return tuple(PipelineFile(source, workspace) for source in sources if source)


def _by_name(workspace: Workspace) -> dict[str, Pipeline]:
    found: dict[str, Pipeline] = {}
    for file in pipeline_files(workspace):
        name = file.pipeline.scalar("name")
        if name is not None and name.text:
            found.setdefault(name.text, file.pipeline)
    return found
