"""A manifest that is being written: as much of it as can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.file import ManifestFile

if TYPE_CHECKING:
    from sidecar_lint.manifests.manifest import Document, Manifest

File = TypeVar("File", bound=ManifestFile)


def readable(file: File, offset: int) -> File:
    """The file itself or, where it is no YAML, one without what is being written at an offset.

    First the line of the offset is left out, then everything from there on. Offsets stay the same.
    """
    if file.problem is None:
        return file
    source = file.source
    line = source.position(offset).line
    start = source.line_starts[line]
    end = start + len(source.line(line))
    without_line = source.text[:start] + " " * (end - start) + source.text[end:]
    for text in (without_line, source.text[:start]):
        candidate = _with(file, text)
        if candidate.problem is None:
            return candidate
    return _with(file, "")


def _with(file: File, text: str) -> File:
    """The same file with another text."""
    return file.with_source(file.source._replace(text=text, undecodable=None))


def manifest_at(document: Document, path: tuple[str | int, ...]) -> Manifest | None:
    """The manifest of the environment that a path leads into, of any other for the rest of the file."""
    inside = str(path[1]) if len(path) > 1 and path[0] == "environments" else ANY_ENVIRONMENT
    return document.manifest(inside if inside in document.overrides else ANY_ENVIRONMENT)


def without_environment(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """A path as it would be in the base: an environment repeats the rest of the manifest."""
    return path[2:] if len(path) > 1 and path[0] == "environments" else path
