"""The environments of a workload that leaves Copilot: those that there are, as far as the workspace tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.files.reading import Unread
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.manifest import Document, document_of
from sidecar_lint.pipelines.file import PipelineFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.workspace.workspace import Workspace


def environments(document: Document) -> tuple[str, ...]:
    """The environments to take stock of: those with a manifest, those that the file names, or any ("*")."""
    workspace = document.workload.workspace if document.workload else None
    known = workspace.environments if workspace else ()
    return tuple(dict.fromkeys((*known, *document.overrides))) or (ANY_ENVIRONMENT,)


def known_environments(document: Document) -> tuple[str, ...]:
    """All environments that the workspace tells of; none where it has no manifests of environments.

    Those that Copilot made before it wrote such manifests (1.20, July 2022) need have none.
    """
    workspace = document.workload.workspace if document.workload else None
    if workspace is None or not workspace.environments:
        return ()
    return tuple(dict.fromkeys((*workspace.environments, *document.overrides, *_named(workspace))))


def _named(workspace: Workspace) -> Iterator[str]:
    """The environments that manifests of workloads and pipelines name."""
    for workload in workspace.workloads.values():
        document = document_of(workload)
        yield from document.overrides if document else ()
    for path in workspace.pipeline_paths:
        source = workspace.files.look(path)
        if not isinstance(source, Unread):
            stages = PipelineFile(source, workspace).pipeline.stages
            yield from (each.name.text for each in stages if each.name is not None)
