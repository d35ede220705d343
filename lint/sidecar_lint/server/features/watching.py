"""Files that change on disk: by git, by another program, by the same editor where we are not attached."""

from __future__ import annotations

from typing import Final

from lsprotocol import types

from sidecar_lint.language.session import Session
from sidecar_lint.server.analysis import settle
from sidecar_lint.server.features import effective
from sidecar_lint.server.features.configuration import look_again, pull
from sidecar_lint.server.server import Server
from sidecar_lint.server.texts import path_of

#: What findings may depend on.
_WATCHED: Final = (
    "**/copilot/**",
    "**/.sidecar-lint.{yml,yaml}",
    "**/*.{yml,yaml,env}",
    "**/*Dockerfile*",
    "**/.gitignore",
)


def register(server: Server) -> None:
    """Ask the client to watch, and listen to it."""

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        server.keep(pull(server))
        client = server.client_capabilities
        registrations = [*_registrations(client.workspace), *effective.registrations(client)]
        if registrations:
            await server.client_register_capability_async(types.RegistrationParams(registrations))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change(params: types.DidChangeWatchedFilesParams) -> None:
        paths = [path for event in params.changes if (path := path_of(event.uri))]

        def changed(session: Session) -> None:
            session.changed(paths)
            look_again(server, session)

        settle(server.analysis.do(changed))


def _registrations(workspace: types.WorkspaceClientCapabilities | None) -> list[types.Registration]:
    found: list[types.Registration] = []
    watched = workspace.did_change_watched_files if workspace else None
    if watched and watched.dynamic_registration:
        watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        found.append(types.Registration("watched-files", method, options))
    configured = workspace.did_change_configuration if workspace else None
    if configured and configured.dynamic_registration:
        section = types.DidChangeConfigurationRegistrationOptions("sidecarLint")
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        found.append(types.Registration("configuration", method, section))
    return found
