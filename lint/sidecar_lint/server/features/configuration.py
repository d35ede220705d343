"""The user's settings: asked for where the client can be asked, taken as they come otherwise."""

from __future__ import annotations

from lsprotocol import types

from sidecar_lint.language.session import Session
from sidecar_lint.rulebook.registry import RuleLoadError
from sidecar_lint.server.analysis import settle
from sidecar_lint.server.features import pulling
from sidecar_lint.server.server import Server
from sidecar_lint.server.settings import SECTION


def register(server: Server) -> None:
    """Take settings, at the beginning and whenever they change."""

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def did_change(params: types.DidChangeConfigurationParams) -> None:
        apply(server, params.settings)
        await pull(server)


async def pull(server: Server) -> None:
    """Ask the client for its settings."""
    workspace = server.client_capabilities.workspace
    if not (workspace and workspace.configuration):
        return
    items = [types.ConfigurationItem(section=SECTION)]
    values = await server.workspace_configuration_async(types.ConfigurationParams(items))
    apply(server, values[0] if values else None)


def apply(server: Server, value: object) -> None:
    """Put settings in force, and look again at what is open."""
    before, server.settings = server.settings, server.settings.updated(value)
    if server.settings != before:
        settle(server.analysis.do(lambda session: _choose(server, session)))


def _choose(server: Server, session: Session) -> None:
    try:
        server.choose(session)
    except RuleLoadError:  # the user was told at the beginning
        return
    look_again(server, session)


def look_again(server: Server, session: Session) -> None:
    """Look again at every open file."""
    if server.pulls:
        server.call(pulling.refresh, server)
        return
    for path in session.open_files:
        server.analysis.lint(path)
