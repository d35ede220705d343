"""The manifest of an environment or a pipeline as a file that is linted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidecar_lint.linting.subject import Subject
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from sidecar_lint.environments.file import EnvironmentFile
    from sidecar_lint.manifests.file import ManifestFile
    from sidecar_lint.pipelines.file import PipelineFile
    from sidecar_lint.syntax.source import Source


@dataclass(frozen=True)
class OpenedManifest:
    """A file whose findings hold for the file, in no environment more than in another.

    `check` is the method of rules that is asked about its `manifest`.
    """

    file: ManifestFile
    check: str
    manifest: Any
    #: The paths of the files that are linted with it.
    companion_paths: tuple[str, ...] = ()

    environments = ()

    @property
    def source(self) -> Source:
        """Its text."""
        return self.file.source

    def subjects(self) -> Iterator[Subject]:
        """The file as written and, where it is YAML, the manifest that is in it."""
        yield Subject("check_file", self.file, ())
        if not self.file.tree.unread:
            yield Subject(self.check, self.manifest, ())

    @property
    def hidden(self) -> tuple[Span, ...]:
        """What no report may show of it."""
        return self.file.hidden

    def companions(self) -> Iterator[str]:
        """What changes the template that is made of it."""
        yield from self.companion_paths


def opened_pipeline(file: PipelineFile) -> OpenedManifest:
    """The manifest of a pipeline."""
    return OpenedManifest(file, "check_pipeline", file.pipeline)


def opened_environment(file: EnvironmentFile) -> OpenedManifest:
    """The manifest of an environment."""
    paths = tuple(file.overrides.paths) if file.overrides else ()
    return OpenedManifest(file, "check_environment", file.manifest, paths)
