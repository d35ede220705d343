"""The file of a pipeline's manifest: `copilot/pipelines/<name>/manifest.yml`, or the old `copilot/pipeline.yml`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from sidecar_lint.manifests import schemas
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.pipelines.pipeline import Pipeline

if TYPE_CHECKING:
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.workspace.workspace import Workspace


class PipelineFile(ManifestFile):
    """The file, and the pipeline that is in it. Nothing is substituted: `${X}` stays as it is written.

    `workspace` is the `copilot/` folder in which Copilot finds it; None for a file that lies elsewhere and
    is known by what is in it.
    """

    def __init__(self, source: Source, workspace: Workspace | None = None) -> None:
        super().__init__(source)
        self.workspace = workspace

    def with_source(self, source: Source) -> Self:
        return type(self)(source, self.workspace)

    @property
    def kind(self) -> str:
        return schemas.PIPELINE

    @property
    def description(self) -> str:
        return "the manifest of a pipeline"

    @property
    def is_placed(self) -> bool:
        return self.workspace is not None

    @cached_property
    def pipeline(self) -> Pipeline:
        """The pipeline as Copilot decodes it; an empty one where the file is no map."""
        return Pipeline(self, self.workspace)
