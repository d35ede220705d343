"""The configuration that a Dockerfile copies into the image of a collector.

Source: Dockerfile reference, docs.docker.com. Where it is not plain which file the collector reads, there is none.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector import command
from sidecar_lint.images.contents import build_of
from sidecar_lint.images.dockerfile import DockerInstruction, base_of, instructions
from sidecar_lint.images.files import words_of
from sidecar_lint.manifests.images import ImageReference, image_reference
from sidecar_lint.named_tuple import NamedTuple

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
    """The only YAML file that the Dockerfile of a container copies into a collector's image, if that is read."""
    build, folder, workload = build_of(manifest, container), container.build_folder, manifest.workload
    if build is None or folder is None or workload is None:
        return None
    base = image_reference(base_of(*build))
    if not re.search(_COLLECTOR, base.repository):
        return None
    done = instructions(*build)
    copied = [each.text for each in done if each.word in ("COPY", "ADD")]
    files = [
        (file, words[-1]) for words in map(words_of, copied) for file in words[:-1] if file.endswith(_YAML)
    ]
    if len(files) != 1 or any("$" in text or "--from" in text or "<<" in text for text in copied):
        return None
    if not _is_read(container, done, *files[0]):
        return None
    workspace = workload.workspace
    source = workspace.files.source(workspace.path(folder, files[0][0].lstrip("/")))
    return CopiedConfiguration(source, base) if source and not source.undecodable else None


def _is_read(container: Container, done: tuple[DockerInstruction, ...], file: str, target: str) -> bool:
    """Whether the collector reads the file that is copied, that alone, and as it is."""
    name = posixpath.basename(file)
    if any(each.word == "RUN" and name in each.text for each in done):
        return False
    given = command.words_of(container)
    words = [word.text for word in given] if given else _words_of_image(done)
    if not words:
        return True  # the image's own command names one file, and who copies one puts it there
    read = command.config_sources(words)
    if len(read) != 1 or any(not word.known for word in given):
        return False
    path = posixpath.join(target, name) if target.endswith("/") else target
    return read[0].text.removeprefix("file:") == path


def _words_of_image(done: tuple[DockerInstruction, ...]) -> list[str]:
    """The words that an image is started with."""
    last = {each.word: words_of(each.text) for each in done if each.word in ("ENTRYPOINT", "CMD")}
    return [word for words in last.values() for word in words]
