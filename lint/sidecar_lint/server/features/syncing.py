"""Texts as the client edits them, and linting after each change."""

from __future__ import annotations

from typing import Final

from lsprotocol import types

from sidecar_lint.language.session import Session
from sidecar_lint.server.analysis import settle
from sidecar_lint.server.features import pulling
from sidecar_lint.server.server import Server

#: After how many seconds other files are looked at again once one has changed.
_RELATED: Final = 0.2


def register(server: Server) -> None:
    """Take texts, and changes of them."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        _put(server, server.texts.open(params.text_document))

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        _put(server, server.texts.change(params.text_document, params.content_changes))

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        path = server.texts.close(params.text_document.uri)
        if path is None:
            return
        settle(server.analysis.do(lambda session: session.close(path)))
        server.told.discard(path)
        if not server.pulls:
            nothing = types.PublishDiagnosticsParams(params.text_document.uri, [])
            server.text_document_publish_diagnostics(nothing)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(_params: types.DidSaveTextDocumentParams) -> None:
        settle(server.analysis.do(lambda session: session.look()))


def _put(server: Server, path: str | None) -> None:
    source = server.texts.source(path) if path else None
    if path is None or source is None:
        return
    version = server.texts.version(path)

    def put(session: Session) -> None:
        if session.put(path, source.text, version):
            follow(server, session, path)

    settle(server.analysis.do(put))
    if not server.pulls:
        server.analysis.lint(path)


def follow(server: Server, session: Session, path: str) -> None:
    """Look again at the other open files that a change may matter to."""
    related = session.related(path)
    if server.pulls:
        if related:
            server.call(pulling.refresh, server)
        return
    for other in related:
        server.analysis.lint(other, after=_RELATED)
