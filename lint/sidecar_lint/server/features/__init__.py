"""What the server answers: a module each, with a `register(server)`."""

from __future__ import annotations

from sidecar_lint.server.features import (
    actions,
    configuration,
    effective,
    folding,
    hints,
    life,
    links,
    selection,
    symbols,
    syncing,
    watching,
    whole,
)
from sidecar_lint.server.server import Server

_FEATURES = (
    life,
    syncing,
    configuration,
    watching,
    whole,
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
