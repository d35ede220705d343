"""What an environment gets of a workload, in the form that is asked for."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidecar_lint.escaping import json_document
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.copilot_names import ECS_TYPES
from sidecar_lint.manifests.interpolation import APPLICATION, ENVIRONMENT, PREDEFINED
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rendering.origins import Origins
from sidecar_lint.syntax.nearest import closest
from sidecar_lint.template import load_balancer
from sidecar_lint.template.placeholders import placeholders
from sidecar_lint.template.stack import UNKNOWN_APPLICATION, UNKNOWN_ENVIRONMENT, Account, Stack
from sidecar_lint.template.task_definition_input import task_definition_input
from sidecar_lint.template.template import GeneratedTemplate
from sidecar_lint.template.topics import published
from sidecar_lint.template.values import Value, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidecar_lint.manifests.manifest import Document, Manifest
    from sidecar_lint.manifests.workload_file import WorkloadFile

#: Names that are not known stay as they are written in a manifest; what is made of it has placeholders.
_STAND_INS: Final = {APPLICATION: UNKNOWN_APPLICATION, ENVIRONMENT: UNKNOWN_ENVIRONMENT}
#: What the template has stand-ins for, in a task definition has placeholders.
_UNKNOWN: Final = Account(region="<REGION>", id="<ACCOUNT_ID>", partition="<PARTITION>")


class Form(StrEnum):
    """What is rendered: the manifest, or what Copilot makes of it."""

    MANIFEST = "manifest"
    TEMPLATE = "template"
    TASK_DEFINITION = "task-definition"


class CannotRender(Exception):  # noqa: N818  the manifest is at fault
    """There is nothing to show: the file cannot be understood, or has no such thing."""


class Rendering(NamedTuple):
    """A document, and what its reader should know about it."""

    value: Value
    origins: Origins
    notes: tuple[str, ...]
    #: The document as YAML; with origins behind its values where these are given.
    write: Callable[[Origins | None], str]

    @property
    def document(self) -> object:
        """The document as JSON has it."""
        return plain(self.value)

    @property
    def placeholders(self) -> list[str]:
        """The names in it that stand for what only AWS knows."""
        return placeholders(self.document)

    def yaml(self, *, origin: bool = False) -> str:
        """The document as YAML; with `origin`, comments say where its values are written."""
        return self.write(self.origins if origin else None)

    def json(self, *, origin: bool = False) -> object:
        """The document as JSON has it; with `origin`, beside the places of its values."""
        if not origin:
            return self.document
        places = self.origins.places(self.value)
        return {"document": self.document, "origins": places, "placeholders": self.placeholders}


def render(document: Document, environment: str, form: Form = Form.MANIFEST) -> Rendering:
    """What an environment gets, "*" for one that the file does not name. Raises CannotRender."""
    known = _application(document)
    names = known if form is Form.MANIFEST else {**_STAND_INS, **known}
    manifest = document.in_environment(environment, names)
    if manifest is None:
        raise CannotRender(_reason(document))
    made = _MAKERS[form](manifest)
    return made._replace(notes=(*_notes(document, environment), *made.notes))


def template_of(document: Document, environment: str) -> tuple[GeneratedTemplate, tuple[str, ...]]:
    """The template of an environment with placeholders for what only AWS knows, and what to say of it.

    Raises CannotRender.
    """
    manifest = document.in_environment(environment, {**_STAND_INS, **_application(document)})
    if manifest is None:
        raise CannotRender(_reason(document))
    template, refused = _with_overrides(GeneratedTemplate.of(Stack(manifest, account=_UNKNOWN)))
    return template, (*_notes(document, environment), *refused, *_variables(document))


class DiagramLanguage(StrEnum):
    """In which language a diagram is drawn."""

    SVG = "svg"
    MERMAID = "mermaid"


def draw(document: Document, environment: str, drawing: DiagramLanguage) -> Rendering:
    """A diagram of the task that an environment gets. Raises CannotRender."""
    from sidecar_lint.rendering.diagram.diagram import diagram
    from sidecar_lint.rendering.diagram.mermaid import mermaid
    from sidecar_lint.rendering.diagram.svg import svg

    if document.kind is not None and document.kind not in ECS_TYPES:
        raise CannotRender(f"a {document.kind} has no task definition")
    template, notes = template_of(document, environment)
    found = diagram(template)
    text = svg(found) if drawing is DiagramLanguage.SVG else mermaid(found)
    return Rendering(None, Origins(document, environment), notes, lambda _: text)


def json_text(value: object) -> str:
    """JSON, indented."""
    return f"{json_document(value, indent=2)}\n"


def _application(document: Document) -> dict[str, str]:
    """The name of the application as a variable, where it is known."""
    application = document.workload.workspace.application if document.workload else None
    return {APPLICATION: application} if application else {}


def _manifest(manifest: Manifest) -> Rendering:
    from sidecar_lint.rendering.manifest import manifest_text, manifest_value

    origins = Origins(manifest.document, manifest.environment)
    value = manifest_value(manifest.root)
    return Rendering(value, origins, (), lambda origins: manifest_text(manifest, origins))


def _template(manifest: Manifest) -> Rendering:
    return _of_template(Stack(manifest), lambda template: template.document)


def _task_definition(manifest: Manifest) -> Rendering:
    if manifest.kind not in ECS_TYPES:
        raise CannotRender(f"a {manifest.kind} has no task definition")
    return _of_template(Stack(manifest, account=_UNKNOWN), task_definition_input)


def _of_template(stack: Stack, form: Callable[[GeneratedTemplate], Value]) -> Rendering:
    from sidecar_lint.rendering.value import value_text

    made, refused = _with_overrides(GeneratedTemplate.of(stack))
    value, document = form(made), stack.manifest.document
    origins = Origins(document, stack.manifest.environment)
    notes = (*refused, *_stand_ins(made), *_unknown(made), *_variables(document))
    return Rendering(value, origins, notes, lambda origins: value_text(value, origins))


def _with_overrides(template: GeneratedTemplate) -> tuple[GeneratedTemplate, tuple[str, ...]]:
    """A template with what patches do to it, those left out that Copilot cannot apply, and what to say of that."""
    if template.refusals:
        return template, (_REFUSED + template.refusals[0].message,)
    workload = template.stack.manifest.workload
    if workload is None or workload.overrides.is_missing:
        return template, ()
    if workload.overrides.file is None:
        return template, (f"{workload.overrides.folder} may change anything in it, and is left out",)
    from sidecar_lint.template.patching import patched

    made = patched(template, workload.overrides.file)
    return made.template, (_REFUSED + made.refusal,) if made.refusal else ()


_REFUSED: Final = "Copilot makes no template of it: "


def _stand_ins(template: GeneratedTemplate) -> Iterator[str]:
    """What is in the template that looks real and is none."""
    stack = template.stack
    if stack.account is not _UNKNOWN and (published(stack) or stack.domain):
        yield f"{stack.account.region} and {stack.account.id} stand for the region and the account"


def _unknown(template: GeneratedTemplate) -> Iterator[str]:
    """What of the environment is not known, though it is written."""
    stack = template.stack
    if load_balancer.rules(stack) and stack.has_certificates is None:
        yield (
            f"the manifest of the environment {stack.environment!r} cannot be read: where it imports certificates,"
            " there is more for HTTPS"
        )


def _variables(document: WorkloadFile) -> Iterator[str]:
    names = dict.fromkeys(use.name for use in document.uses if not use.escaped and use.name not in PREDEFINED)
    if names:
        yield f"variables of the shell stay as they are written: {', '.join(names)}"


_MAKERS: Final = {
    Form.MANIFEST: _manifest,
    Form.TEMPLATE: _template,
    Form.TASK_DEFINITION: _task_definition,
}


def _reason(document: Document) -> str:
    if document.problem:
        line = document.source.position(document.problem.span.start).line + 1
        # What is quoted may be of a secret: nobody knows what such a file is.
        problem = re.sub(" '[^']*'", "", document.problem.problem)
        return f"not YAML: line {line}: {problem}"
    if document.type is None:
        return "it has no `type`, so it is not a manifest of a workload"
    return f"{document.type.text!r} is not a workload type of Copilot's"


def _notes(document: Document, environment: str) -> list[str]:
    names = list(document.overrides)
    existing = document.workload.workspace.environments if document.workload else ()
    if not names or environment in (ANY_ENVIRONMENT, *names, *existing):
        return []
    nearest = closest(environment, names)
    hint = f"did you mean {nearest!r}?" if nearest else f"it names {', '.join(names)}"
    return [f"the file names no environment {environment!r} ({hint}): this is what any other one gets"]
