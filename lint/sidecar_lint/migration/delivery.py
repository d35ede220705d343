"""The pipelines that deploy the workload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.files.reading import Unread
from sidecar_lint.migration.inventory import InventoryItem, ItemKind
from sidecar_lint.migration.migration import Migration, to_do
from sidecar_lint.pipelines.file import PipelineFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.pipelines.pipeline import Pipeline, PipelineStage


def pipelines(migration: Migration) -> Iterator[InventoryItem]:
    """The pipelines of the workspace with a stage for the environment that deploys the workload."""
    workload = migration.manifest.workload
    if workload is None:
        return
    workspace = workload.workspace
    for path in workspace.pipeline_paths:
        source = workspace.files.look(path)
        if isinstance(source, Unread):
            continue
        pipeline = PipelineFile(source, workspace).pipeline
        stage = _stage(migration, pipeline)
        if stage is not None:
            name = pipeline.scalar("name")
            yield migration.item(
                ItemKind.PIPELINE,
                f"{name.text if name else path}: {stage.place}",
                stage.name or stage.node,
                to_do(
                    "take the workload out of it before anything is deployed in another way, or it deploys the old one again"
                ),
                source=source,
            )


def _stage(migration: Migration, pipeline: Pipeline) -> PipelineStage | None:
    """The first stage of the environment that deploys the workload: all of them, where none are named."""
    for stage in pipeline.stages:
        deployments = [action.name for action in stage.actions("deployments")]
        named = stage.name
        if named is None or named.text != migration.manifest.environment:
            continue
        if not deployments or migration.stack.name in deployments:
            return stage
    return None
