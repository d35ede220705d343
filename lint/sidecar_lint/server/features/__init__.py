"""What the server answers: a module each, with a `register(server)`."""

from __future__ import annotations

from sidecar_lint.server.features import (
    actions,
    completing,
    configuration,
    effective,
    folding,
    hints,
    hovering,
    lifecycle,
    links,
    rename_and_references,
    selection,
    symbols,
    syncing,
    watching,
    workspace_diagnostics,
)
from sidecar_lint.server.server import Server

_FEATURES = (
    lifecycle,
    syncing,
    configuration,
    watching,
    workspace_diagnostics,
    completing,
    hovering,
    rename_and_references,
    actions,
    effective,
    symbols,
    folding,
    selection,
    links,
    hints,
)


def register(server: Server) -> None:
    """Let every feature of this package answer."""
    for feature in _FEATURES:
        feature.register(server)
