"""The manifest that an environment gets, as a text to read."""

from __future__ import annotations

from typing import NamedTuple

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.document import Document
from sidecar_lint.manifests.render import render


class Effective(NamedTuple):
    """YAML, and what its reader should know about it."""

    text: str
    note: str


def environments(document: Document) -> tuple[str, ...]:
    """The environments that are known: those the file names, and those that have a manifest."""
    named = tuple(document.overrides)
    workload = document.workload
    others = workload.workspace.environments if workload else ()
    return tuple(dict.fromkeys((*named, *others)))


def effective(document: Document, environment: str, *, origin: bool = False) -> Effective:
    """The manifest of an environment, "*" for any that the file does not name. Raises CannotRender."""
    data = document.source.text.encode("utf-8", "surrogatepass")
    rendered = render(data, document.source.path, environment, origin=origin)
    return Effective(rendered.text, "" if environment == ANY_ENVIRONMENT else rendered.note)
