"""The configuration that a Dockerfile copies into the image of a collector.

Source: Dockerfile reference, docs.docker.com. Where it is not plain which file the collector reads, there is none.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sidecar_lint.images.contents import build_of
from sidecar_lint.images.dockerfile import DockerInstruction, base_of, instructions
from sidecar_lint.images.files import words_of
from sidecar_lint.manifests.images import ImageReference, image_reference
from sidecar_lint.syntax.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.syntax.source import Source

_COLLECTOR: Final = r"(?i)(?:^|/)(?:aws-)?(?:otel|opentelemetry)-?collector(?:-contrib|-core)?$"
_YAML: Final = (".yaml", ".yml")
#: Every one of these adds to the configuration. Go's flags have one dash or two.
_GIVEN: Final = r"(?<![^\s'\"])--?(?:config|set)[=\s]\s*(\S+)"


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
    done = instructions(*build)
    copied = [each.text for each in done if each.word in ("COPY", "ADD")]
    files = [
        (file, words[-1]) for words in map(words_of, copied) for file in words[:-1] if file.endswith(_YAML)
    ]
    if len(files) != 1 or any("$" in text or "--from" in text or "<<" in text for text in copied):
        return None
    if not _is_read(container, done, *files[0]):
        return None
    workspace = manifest.workload.workspace
    source = workspace.files.source(workspace.path(_context(container), files[0][0].lstrip("/")))
    return CopiedConfiguration(source, image_reference(base)) if source and not source.undecodable else None


def given_configurations(words: Iterable[str]) -> list[str]:
    """What the words of a command tell a collector to put together to its configuration."""
    return [each.strip("'\"") for each in re.findall(_GIVEN, " ".join(words))]


def words_given(container: Container) -> Iterator[Scalar]:
    """The words of a container's `entrypoint` and `command`."""
    for field in ("entrypoint", "command"):
        node = container.section.get(field)
        words = node.items if isinstance(node, Sequence) else [node]
        yield from (word for word in words if isinstance(word, Scalar))


def _is_read(container: Container, done: tuple[DockerInstruction, ...], file: str, target: str) -> bool:
    """Whether the collector reads the file that is copied, that alone, and as it is."""
    name = posixpath.basename(file)
    if any(each.word == "RUN" and name in each.text for each in done):
        return False
    given = list(words_given(container))
    words = [word.text for word in given] if given else _words_of_image(done)
    if not words:
        return True  # the image's own command names one file, and who copies one puts it there
    read = given_configurations(words)
    if len(read) != 1 or any(not word.known for word in given):
        return False
    path = posixpath.join(target, name) if target.endswith("/") else target
    return read[0].removeprefix("file:") == path


def _words_of_image(done: tuple[DockerInstruction, ...]) -> list[str]:
    """The words that an image is started with."""
    last = {each.word: words_of(each.text) for each in done if each.word in ("ENTRYPOINT", "CMD")}
    return [word for words in last.values() for word in words]


def _context(container: Container) -> str:
    """The folder that Docker gets: that of the Dockerfile, where nothing else is written."""
    if container.build_context is not None:
        return container.build_context.text
    return posixpath.dirname(container.dockerfile[1]) if container.dockerfile else ""
