"""Diagnostics for all files of the workspace, open or not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

from lsprotocol import types

from sidecar_lint.language.session import Linted, Session
from sidecar_lint.linting.discovery import WorkQueue, discover
from sidecar_lint.server.features.pulling import diagnostics, result_id
from sidecar_lint.server.server import Server
from sidecar_lint.server.texts import path_of

LINT: Final = "sidecarLint.lintWorkspace"
#: A client that asks all the time is answered when something has changed; how often to look, in seconds.
_INTERVAL: Final = 2.0

Report = types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport


def register(server: Server) -> None:
    """Answer the command that lints everything."""

    @server.command(LINT)
    async def lint() -> dict[str, Any]:
        """What is found, by URI; a client that does not ask for diagnostics is sent them too."""
        found: dict[str, list[types.Diagnostic]] = {}
        async for linted in _all(server):
            found[server.texts.uri(linted.path)] = diagnostics(server, linted)
        for uri, items in found.items():
            path = path_of(uri)
            if not server.pulls and path and server.texts.source(path) is None:
                server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, items))
        return {"diagnostics": found}


def register_pull(server: Server) -> None:
    """Answer `workspace/diagnostic`; only where the user wants all files looked at all the time."""
    answered: int | None = None

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def diagnostic(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        nonlocal answered
        while (generation := await _generation(server)) == answered:  # noqa: ASYNC110  a thread knows, and is asked
            await asyncio.sleep(_INTERVAL)
        known = {each.uri: each.value for each in params.previous_result_ids}
        items = [_report(server, linted, known) async for linted in _all(server)]
        answered = generation
        return types.WorkspaceDiagnosticReport(items)


async def _generation(server: Server) -> int:
    def look(session: Session) -> int:
        session.look()
        return session.generation

    return await asyncio.wrap_future(server.analysis.do(look))


async def _all(server: Server) -> AsyncIterator[Linted]:
    """Everything below the folders of the workspace, one file after the other, so that nothing waits for it."""
    folders = [path for uri in server.workspace.folders if (path := path_of(uri))]
    if not folders and server.workspace.root_path:
        folders = [server.workspace.root_path]
    found = await asyncio.to_thread(discover, folders) if folders else None
    queue = WorkQueue(found.files if found else ())
    for path in queue:
        linted = await asyncio.wrap_future(server.analysis.linted(path))
        if linted:
            queue.add(linted.report.companions)
            yield linted


def _report(server: Server, linted: Linted, known: dict[str, str]) -> Report:
    uri, items = server.texts.uri(linted.path), diagnostics(server, linted)
    result = result_id(items)
    if known.get(uri) == result:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(uri, result, version=linted.version)
    return types.WorkspaceFullDocumentDiagnosticReport(uri, items, version=linted.version, result_id=result)
