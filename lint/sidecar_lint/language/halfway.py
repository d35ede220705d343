"""A manifest that is being written: as much of it as can be read."""

from __future__ import annotations

from dataclasses import replace

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.document import Document
from sidecar_lint.manifests.manifest import Manifest
from sidecar_lint.syntax.source import Source


def readable(document: Document, offset: int) -> Document:
    """The document itself or, where it is no YAML, one without what is being written at an offset.

    First the line of the offset is left out, then everything from there on. Offsets stay the same.
    """
    if document.problem is None:
        return document
    source = document.source
    line = source.position(offset).line
    start = source.line_starts[line]
    end = start + len(source.line(line))
    without_line = source.text[:start] + " " * (end - start) + source.text[end:]
    for text in (without_line, source.text[:start]):
        candidate = Document(_with(source, text), document.workload)
        if candidate.problem is None:
            return candidate
    return Document(_with(source, ""), document.workload)


def _with(source: Source, text: str) -> Source:
    return replace(source, text=text, undecodable=None)


def manifest_at(document: Document, path: tuple[str | int, ...]) -> Manifest | None:
    """The manifest of the environment that a path leads into, of any other for the rest of the file."""
    inside = str(path[1]) if len(path) > 1 and path[0] == "environments" else ANY_ENVIRONMENT
    return document.manifest(inside if inside in document.overrides else ANY_ENVIRONMENT)


def without_environment(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """A path as it would be in the base: an environment repeats the rest of the manifest."""
    return path[2:] if len(path) > 1 and path[0] == "environments" else path
