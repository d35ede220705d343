"""What the server answers: a module each, with a `register(server)`."""

from __future__ import annotations

from sidecar_lint.server.features import (
    completing,
    configuration,
    hovering,
    life,
    naming,
    syncing,
    watching,
)
from sidecar_lint.server.server import Server

_FEATURES = (life, syncing, configuration, watching, completing, hovering, naming)


def register(server: Server) -> None:
    """Let every feature of this package answer."""
    for feature in _FEATURES:
        feature.register(server)
