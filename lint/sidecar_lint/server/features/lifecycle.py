"""The beginning and the end: `initialize`, `shutdown`, `exit`, and a client that dies."""

from __future__ import annotations

import asyncio
import os
from typing import Final

from lsprotocol import types

from sidecar_lint.server.features import pulling, workspace_diagnostics
from sidecar_lint.server.server import Server
from sidecar_lint.server.settings import plugins_in

#: How often to look whether the client is still there, in seconds.
_INTERVAL: Final = 3.0


def register(server: Server) -> None:
    """Answer `initialize`, `shutdown` and `exit`."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.settings = server.settings.updated(params.initialization_options)
        asked = plugins_in(params.initialization_options)
        server.plugins = server.plugins if asked is None else asked
        server.begin(str(server.workspace.position_encoding))
        if server.pulls:
            pulling.register(server)
        if server.pulls and server.settings.workspace_diagnostics:
            workspace_diagnostics.register_pull(server)
        if params.process_id is not None and is_alive(params.process_id):
            server.keep(_outlive(server, params.process_id))

    @server.feature(types.SHUTDOWN)
    def shutdown(_params: None) -> None:
        server.exit_status = 0

    @server.feature(types.EXIT)
    def leave(_params: None) -> None:
        server.stopped.set()


async def _outlive(server: Server, client: int) -> None:
    """End when the client is gone: not every one closes the connection as it dies."""
    while is_alive(client):  # noqa: ASYNC110  a process that is not ours cannot be waited for
        await asyncio.sleep(_INTERVAL)
    server.stopped.set()


def is_alive(process: int) -> bool:
    """Whether there is such a process; on Windows nobody asks, since the connection ends with it."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
