"""The file of a pipeline's manifest: `copilot/pipelines/<name>/manifest.yml`, or the old `copilot/pipeline.yml`."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sidecar_lint.manifests import schemas
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.pipelines.pipeline import Pipeline

if TYPE_CHECKING:
    from sidecar_lint.workspace.workspace import Workspace


@dataclass(frozen=True)
class PipelineFile(ManifestFile):
    """The file, and the pipeline that is in it. Nothing is substituted: `${X}` stays as it is written.

    `workspace` is the `copilot/` folder in which Copilot finds it; None for a file that lies elsewhere and
    is known by what is in it.
    """

    workspace: Workspace | None = field(default=None, compare=False)

    @property
    def kind(self) -> str:
        return schemas.PIPELINE

    @property
    def description(self) -> str:
        return "the manifest of a pipeline"

    @property
    def is_placed(self) -> bool:
        return self.workspace is not None

    def beside(self, path: str) -> str | None:
        """Where a file of the same name is that lies beside the manifest, from the root of the repository."""
        if self.workspace is None:
            return None
        name = os.path.basename(path)
        found = os.path.join(os.path.dirname(self.source.path), name)
        inside = os.path.relpath(os.path.abspath(found), os.path.abspath(self.workspace.project))
        return inside.replace(os.sep, "/") if self.workspace.files.is_file(found) else None

    @cached_property
    def pipeline(self) -> Pipeline:
        """The pipeline as Copilot decodes it; an empty one where the file is no map."""
        return Pipeline(self)
