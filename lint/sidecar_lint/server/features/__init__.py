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
    life,
    links,
    naming,
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
    completing,
    hovering,
    naming,
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
