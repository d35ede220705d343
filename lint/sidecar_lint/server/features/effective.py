"""The manifest that an environment gets, as a document of its own.

Where the client can (LSP 3.18, `workspace/textDocumentContent`), it opens beside the file and
follows it; any client can have the text from the command `sidecarLint.effectiveManifest`.
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
from sidecar_lint.manifests.document import Document
from sidecar_lint.manifests.render import CannotRender
from sidecar_lint.server.server import Asked, Server

SCHEME: Final = "sidecar-lint"
TEXT: Final = "sidecarLint.effectiveManifest"
SHOW: Final = "sidecarLint.showEffectiveManifest"
NAMES: Final = "sidecarLint.environments"


def register(server: Server) -> None:
    """Answer the commands, and requests for documents of our scheme."""

    @server.command(TEXT)
    async def text(uri: str, environment: str) -> dict[str, Any]:
        return await _text(server, uri, environment)

    @server.command(NAMES)
    async def names(uri: str) -> list[str]:
        found: list[str] | None = await server.ask(uri, lambda asked: list(_environments(asked)))
        return found or []

    @server.command(SHOW)
    async def show(uri: str, environment: str) -> None:
        params = types.ShowDocumentParams(address(uri, environment), take_focus=True)
        server.window_show_document(params)

    @server.feature(types.WORKSPACE_TEXT_DOCUMENT_CONTENT)
    async def content(params: types.TextDocumentContentParams) -> types.TextDocumentContentResult:
        uri, environment = parts(params.uri)
        found = await _text(server, uri, environment)
        return types.TextDocumentContentResult(found["text"])


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
    """An action for each environment, where the client can show it."""
    if not can_show(asked.server.client_capabilities):
        return
    uri = asked.server.texts.uri(asked.source.path)
    for name in _environments(asked):
        which = "any other environment" if name == ANY_ENVIRONMENT else editor(name)
        title = f"Show the manifest of {which}"
        command = types.Command(title, SHOW, arguments=[uri, name])
        yield types.CodeAction(title, kind="source.effectiveManifest", command=command)


def address(uri: str, environment: str) -> str:
    """The address of the manifest that an environment gets from a file."""
    return f"{SCHEME}:/{quote(environment, safe='')}/manifest.yml?{quote(uri, safe='')}"


def parts(address: str) -> tuple[str, str]:
    """The file and the environment of such an address."""
    where, _, uri = address.partition("?")
    return unquote(uri), unquote(where.split("/")[1])


def _environments(asked: Asked) -> tuple[str, ...]:
    return (*environments(asked.document), ANY_ENVIRONMENT) if asked.document else ()


async def _text(server: Server, uri: str, environment: str) -> dict[str, Any]:
    found = await server.ask(uri, lambda asked: _effective(asked.document, environment))
    if not found:
        raise JsonRpcInvalidParams("this file is no manifest that is open")
    if "error" in found:
        raise JsonRpcInvalidParams(editor(found["error"]))
    answer: dict[str, Any] = found
    return answer


def _effective(document: Document | None, environment: str) -> dict[str, Any] | None:
    if document is None:
        return None
    try:
        found = effective(document, environment)
        return {"text": found.text, "note": terminal(found.note)}  # clients show it as a comment above
    except CannotRender as error:
        return {"error": str(error)}
