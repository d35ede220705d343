"""What an environment gets, as a document of its own: its manifest, template, task definition.

Where the client can (LSP 3.18, `workspace/textDocumentContent`), it opens beside the file and
follows it; any client can have the text from a command (`sidecarLint.effectiveManifest`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote, unquote

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from sidecar_lint.escaping import editor, terminal
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.language.effective import effective, environments
from sidecar_lint.manifests.copilot_names import ECS_TYPES
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rendering.rendering import CannotRender, Form
from sidecar_lint.server.server import Asked, Server

SCHEME: Final = "sidecar-lint"
NAMES: Final = "sidecarLint.environments"


class _Shown(NamedTuple):
    """How a form is called: in the title of an action, in commands, in the address of its document."""

    title: str
    command: str
    file: str

    @property
    def text(self) -> str:
        """The command that gives the text to any client."""
        return f"sidecarLint.effective{self.command}"

    @property
    def show(self) -> str:
        """The command that opens it."""
        return f"sidecarLint.showEffective{self.command}"

    @property
    def kind(self) -> str:
        """The kind of the action that opens it."""
        return f"source.effective{self.command}"


_SHOWN: Final = {
    Form.MANIFEST: _Shown("manifest", "Manifest", "manifest.yml"),
    Form.TEMPLATE: _Shown("template", "Template", "template.yml"),
    Form.TASK_DEFINITION: _Shown("task definition", "TaskDefinition", "task-definition.json"),
}


def register(server: Server) -> None:
    """Answer the commands, and requests for documents of our scheme."""
    for form, shown in _SHOWN.items():
        _register(server, form, shown)

    @server.command(NAMES)
    async def names(uri: str) -> list[str]:
        found: list[str] | None = await server.ask(uri, lambda asked: list(_environments(asked)))
        return found or []

    @server.feature(types.WORKSPACE_TEXT_DOCUMENT_CONTENT)
    async def content(params: types.TextDocumentContentParams) -> types.TextDocumentContentResult:
        found = await _text(server, *parts(params.uri))
        return types.TextDocumentContentResult(found["text"])


def _register(server: Server, form: Form, shown: _Shown) -> None:
    @server.command(shown.text)
    async def text(uri: str, environment: str) -> dict[str, Any]:
        return await _text(server, uri, environment, form)

    @server.command(shown.show)
    async def show(uri: str, environment: str) -> None:
        params = types.ShowDocumentParams(address(uri, environment, form), take_focus=True)
        server.window_show_document(params)


def can_show(client: types.ClientCapabilities) -> bool:
    """Whether a client can show a document that the server makes."""
    workspace, window = client.workspace, client.window
    shows = window is not None and window.show_document is not None and window.show_document.support
    return bool(shows and workspace and workspace.text_document_content)


def registrations(client: types.ClientCapabilities) -> Iterator[types.Registration]:
    """What the client is to ask us about."""
    if can_show(client):
        options = types.TextDocumentContentRegistrationOptions([SCHEME])
        yield types.Registration("effective", types.WORKSPACE_TEXT_DOCUMENT_CONTENT, options)


def show_actions(asked: Asked) -> Iterator[types.CodeAction]:
    """An action for each environment and each form, where the client can show it."""
    if not can_show(asked.server.client_capabilities):
        return
    uri = asked.server.texts.uri(asked.source.path)
    for name in _environments(asked):
        which = "any other environment" if name == ANY_ENVIRONMENT else editor(name)
        for form in _forms(asked):
            shown = _SHOWN[form]
            title = f"Show the {shown.title} of {which}"
            command = types.Command(title, shown.show, arguments=[uri, name])
            yield types.CodeAction(title, kind=shown.kind, command=command)


def _forms(asked: Asked) -> Iterator[Form]:
    """The forms that the workload has."""
    kind = asked.document.kind if asked.document else None
    return (form for form in Form if form is not Form.TASK_DEFINITION or kind in ECS_TYPES)


def address(uri: str, environment: str, form: Form = Form.MANIFEST) -> str:
    """The address of what an environment gets from a file."""
    return f"{SCHEME}:/{quote(environment, safe='')}/{_SHOWN[form].file}?{quote(uri, safe='')}"


def parts(address: str) -> tuple[str, str, Form]:
    """The file, the environment and the form of such an address."""
    where, _, uri = address.partition("?")
    _, environment, file, *_ = [*where.split("/"), "", ""]
    return (
        unquote(uri),
        unquote(environment),
        next((form for form, shown in _SHOWN.items() if shown.file == file), Form.MANIFEST),
    )


def _environments(asked: Asked) -> tuple[str, ...]:
    return (*environments(asked.document), ANY_ENVIRONMENT) if asked.document else ()


async def _text(server: Server, uri: str, environment: str, form: Form) -> dict[str, Any]:
    found = await server.ask(uri, lambda asked: _effective(asked.document, environment, form))
    if not found:
        raise JsonRpcInvalidParams("this file is not a manifest that is open")
    if "error" in found:
        raise JsonRpcInvalidParams(editor(found["error"]))
    answer: dict[str, Any] = found
    return answer


def _effective(document: Document | None, environment: str, form: Form) -> dict[str, Any] | None:
    if document is None:
        return None
    try:
        found = effective(document, environment, form)
        return {**found._asdict(), "note": terminal(found.note)}  # clients show it as a comment above
    except CannotRender as error:
        return {"error": str(error)}
