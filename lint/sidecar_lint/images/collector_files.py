"""The configuration that a Dockerfile copies into the image of a collector.

Source: Dockerfile reference, docs.docker.com. Where it is not plain which file the collector reads, there is none.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sidecar_lint.images.contents import build_of
from sidecar_lint.images.dockerfile import base_of, instructions
from sidecar_lint.images.files import words_of
from sidecar_lint.manifests.images import ImageReference, image_reference

if TYPE_CHECKING:
    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.syntax.source import Source

_COLLECTOR: Final = r"(?i)(?:^|/)(?:aws-)?(?:otel|opentelemetry)-?collector(?:-contrib|-core)?$"
_YAML: Final = (".yaml", ".yml")


class CopiedConfiguration(NamedTuple):
    """The file that is copied, and the image of the collector that it is copied into."""

    source: Source
    base: ImageReference


def copied_configuration(manifest: Manifest, container: Container) -> CopiedConfiguration | None:
    """The only YAML file that the Dockerfile of a container copies into a collector's image; None where there is none."""
    build = build_of(manifest, container)
    base = base_of(*build) if build else ""
    if build is None or not re.search(_COLLECTOR, image_reference(base).repository) or not manifest.workload:
        return None
    copied = [each.text for each in instructions(*build) if each.word in ("COPY", "ADD")]
    files = [file for text in copied for file in words_of(text)[:-1] if file.endswith(_YAML)]
    if len(files) != 1 or any("$" in text or "--from" in text or "<<" in text for text in copied):
        return None
    workspace = manifest.workload.workspace
    source = workspace.files.source(workspace.path(_context(container), files[0].lstrip("/")))
    return CopiedConfiguration(source, image_reference(base)) if source and not source.undecodable else None


def _context(container: Container) -> str:
    """The folder that Docker gets: that of the Dockerfile, where nothing else is written."""
    if container.build_context is not None:
        return container.build_context.text
    return posixpath.dirname(container.dockerfile[1]) if container.dockerfile else ""
