"""Diagnostics for clients that ask for them."""

from __future__ import annotations

from typing import Final

from lsprotocol import types

from sidecar_lint.language.session import Linted
from sidecar_lint.server.server import Server

#: Clients are told to ask again at most this often, in seconds.
_INTERVAL: Final = 0.5

FullReport = types.RelatedFullDocumentDiagnosticReport
UnchangedReport = types.RelatedUnchangedDocumentDiagnosticReport


def register(server: Server) -> None:
    """Answer `textDocument/diagnostic`; only for a client that can ask: any other gets them sent."""
    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=False, identifier="sidecar-lint"
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def diagnostic(params: types.DocumentDiagnosticParams) -> FullReport | UnchangedReport:
        linted = await server.linted(params.text_document.uri)
        items = diagnostics(server, linted)
        result = result_id(items)
        if result == params.previous_result_id:
            return UnchangedReport(result)
        return FullReport(items, result_id=result)


def diagnostics(server: Server, linted: Linted | None) -> list[types.Diagnostic]:
    """What was found in a file, for the client."""
    return server.translation.diagnostics(linted.report) if linted else []


def result_id(items: list[types.Diagnostic]) -> str:
    """A word that stands for these diagnostics."""
    return f"{hash(repr(items)) & (1 << 64) - 1:x}"


def refresh(server: Server) -> None:
    """Tell the client to ask again, soon, and once for all that happens until then."""
    workspace = server.client_capabilities.workspace
    if server.loop is None or not (
        workspace and workspace.diagnostics and workspace.diagnostics.refresh_support
    ):
        return
    if not server.refreshing:
        server.refreshing = True
        server.loop.call_later(_INTERVAL, _refresh, server)


def _refresh(server: Server) -> None:
    server.refreshing = False
    server.workspace_diagnostic_refresh(None)
