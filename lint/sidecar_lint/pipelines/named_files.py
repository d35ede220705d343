"""The files that the manifest of a pipeline names and that were not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.manifests.named_files import NamedFile, unread_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.pipelines.pipeline import Pipeline


def unread_files(pipeline: Pipeline) -> Iterator[NamedFile]:
    """Buildspecs of which nobody knows what is in them, or whether they are there."""
    workspace = pipeline.workspace
    for node in pipeline.buildspecs if workspace else ():
        if workspace and "$" not in node.text:
            yield from unread_file(node, node.text, workspace.unread(node.text))
