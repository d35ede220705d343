"""`sidecar-lint server`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from sidecar_lint.commands.error_handling import failure
from sidecar_lint.commands.options import IsolatedOption, PluginsOption
from sidecar_lint.exit_status import FAILED
from sidecar_lint.rulebook.registry import plugins_allowed


def server(
    *,
    stdio: Annotated[  # noqa: ARG001  editors pass it to every server
        bool, typer.Option("--stdio", help="Speak on standard input and output. This is what happens anyway.")
    ] = True,
    tcp: Annotated[
        int | None,
        typer.Option(metavar="PORT", help="For debugging: wait for one client on a port of this machine."),
    ] = None,
    isolated: IsolatedOption = False,
    allow_plugins: PluginsOption = False,
) -> None:
    """Speak the Language Server Protocol: start it from an editor."""
    try:
        from sidecar_lint.server.server import Server
        from sidecar_lint.server.transport import serve_stdio, serve_tcp
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        message = (
            "the language server needs more than the linter: pip install 'PATH[server]', PATH being a clone"
        )
        raise failure(message, FAILED) from error
    make = partial(Server, isolated=isolated, plugins=plugins_allowed(asked=allow_plugins))
    raise SystemExit(serve_stdio(make) if tcp is None else serve_tcp(make, tcp))
