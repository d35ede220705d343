"""What an environment gets, as a text to read: the manifest, the template, the task definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rendering.rendering import Form, json_text, render

if TYPE_CHECKING:
    from sidecar_lint.manifests.manifest import Document


class Effective(NamedTuple):
    """YAML or JSON, and what its reader should know about it."""

    text: str
    note: str


def environments(document: Document) -> tuple[str, ...]:
    """The environments that are known: those the file names, and those that have a manifest."""
    named = tuple(document.overrides)
    workload = document.workload
    others = workload.workspace.environments if workload else ()
    return tuple(dict.fromkeys((*named, *others)))


def effective(document: Document, environment: str, form: Form = Form.MANIFEST) -> Effective:
    """What an environment gets, "*" for one that the file does not name. Raises CannotRender.

    A task definition is JSON, as the API takes it.
    """
    found = render(document, environment, form)
    text = json_text(found.document) if form is Form.TASK_DEFINITION else found.yaml()
    notes = [
        *found.notes,
        *(f"placeholders: {', '.join(found.placeholders)}" for _ in found.placeholders[:1]),
    ]
    return Effective(
        text, "" if environment == ANY_ENVIRONMENT and form is Form.MANIFEST else "; ".join(notes)
    )
