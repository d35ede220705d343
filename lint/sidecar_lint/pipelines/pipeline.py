"""The manifest of a pipeline as Copilot decodes it: what rules ask.

Source: internal/pkg/manifest/pipeline.go; what follows from it was asked of the released binary.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from sidecar_lint.manifests.named_files import NamedFile, unread_file
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Lookup, Mapping, Node, Scalar, Sequence, as_mapping

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sidecar_lint.manifests.file import ManifestFile
    from sidecar_lint.pipelines.source import PipelineSource
    from sidecar_lint.workspace.workspace import Workspace


class Action(NamedTuple):
    """An entry of `deployments`, `pre_deployments` or `post_deployments`: its name, and what is written for it."""

    key: Scalar
    node: Node

    @property
    def name(self) -> str:
        """The name of the workload, or of the build action."""
        return self.key.text

    @property
    def fields(self) -> Mapping:
        """What is written for it; an empty map where nothing is."""
        return as_mapping(self.node)

    @property
    def dependencies(self) -> list[Scalar]:
        """The names in `depends_on`, null ones left out."""
        written = self.fields.get("depends_on")
        items = written.items if isinstance(written, Sequence) else []
        return [item for item in items if isinstance(item, Scalar) and not item.is_null]

    def text(self, field: str) -> Scalar | None:
        """A field with a text in it; None where it is not written, or empty."""
        found = self.fields.get(field)
        return found if isinstance(found, Scalar) and found.text else None


class PipelineStage(NamedTuple):
    """An entry of `stages`; `place` is how it is named in messages, `stages[0]`."""

    place: str
    node: Mapping

    @property
    def name(self) -> Scalar | None:
        """The environment to deploy to, if it is written."""
        found = self.node.get("name")
        return found if isinstance(found, Scalar) and found.text else None

    @property
    def test_commands(self) -> list[Scalar]:
        """The commands of the test action; null ones do not count."""
        written = self.node.get("test_commands")
        items = written.items if isinstance(written, Sequence) else []
        return [item for item in items if isinstance(item, Scalar) and not item.is_null]

    def actions(self, field: str) -> list[Action]:
        """The entries of `deployments`, `pre_deployments` or `post_deployments`."""
        return [Action(key, node) for key, node in as_mapping(self.node.get(field))]


class Pipeline(Lookup):
    """A pipeline; `file` is where it is written.

    `workspace` is the `copilot/` folder around it; None where it lies in none, or Copilot does not find it there.
    """

    def __init__(self, file: ManifestFile, workspace: Workspace | None) -> None:
        self.file = file
        self.root = file.decoded
        self.workspace = workspace

    def beside(self, path: str) -> str | None:
        """Where a file of the same name is that lies beside the manifest, from the root of the repository."""
        if self.workspace is None:
            return None
        name = os.path.basename(path)
        found = os.path.join(os.path.dirname(self.file.source.path), name)
        inside = os.path.relpath(os.path.abspath(found), os.path.abspath(self.workspace.project))
        return inside.replace(os.sep, "/") if self.workspace.files.is_file(found) else None

    @cached_property
    def source(self) -> PipelineSource | None:
        """Where the code comes from; None where nothing is written about it."""
        from sidecar_lint.pipelines.source import PipelineSource

        node = self.get("source")
        return PipelineSource(node) if isinstance(node, Mapping) else None

    @cached_property
    def stages(self) -> tuple[PipelineStage, ...]:
        """The stages in their order; null ones do not count."""
        return tuple(self._stages())

    @property
    def buildspecs(self) -> Iterator[Scalar]:
        """The paths of buildspecs: of the build, and of actions before and after deployments."""
        build = self.scalar("build", "buildspec")
        if build is not None and build.text:
            yield build
        for stage in self.stages:
            for field in ("pre_deployments", "post_deployments"):
                found = (action.text("buildspec") for action in stage.actions(field))
                yield from (path for path in found if path is not None)

    @property
    def taken_as_written(self) -> Iterator[Scalar]:
        """The texts that are used as they are: no shell reads them, and no policy has variables there."""
        written = [self.get("name"), self.get("build", "image")]
        written += self.source.properties.entries.values() if self.source else []
        for stage in self.stages:
            written.append(stage.node.get("name"))
            for action in stage.actions("deployments"):
                written += action.fields.entries.values()
        yield from (node for node in written if isinstance(node, Scalar))
        yield from self.buildspecs

    def _stages(self) -> Iterator[PipelineStage]:
        written = (node for node in self.sequence("stages").items if isinstance(node, Mapping))
        for at, node in enumerate(written):
            yield PipelineStage(f"stages[{at}]", node)


def unread_files(pipeline: Pipeline) -> Iterator[NamedFile]:
    """Buildspecs of which nobody knows what is in them, or whether they are there."""
    workspace = pipeline.workspace
    for node in pipeline.buildspecs if workspace else ():
        if workspace and "$" not in node.text:
            yield from unread_file(node, node.text, workspace.unread(node.text))


def cycle(actions: Collection[Action]) -> list[str]:
    """The names of actions that wait for each other, each for the next, the first again at the end; else nothing."""
    from graphlib import CycleError, TopologicalSorter

    names = {action.name for action in actions}
    graph = {
        action.name: [each.text for each in action.dependencies if each.text in names] for action in actions
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found[::-1]
    return []
