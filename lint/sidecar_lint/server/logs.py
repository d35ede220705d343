"""Warnings and errors of ours in the log that the client shows."""

from __future__ import annotations

import logging

from lsprotocol import types

from sidecar_lint.escaping import editor
from sidecar_lint.server.server import Server

_TYPES = {logging.WARNING: types.MessageType.Warning, logging.ERROR: types.MessageType.Error}


class ToClient(logging.Handler):
    """Sends records to the client of a server."""

    def __init__(self, server: Server) -> None:
        super().__init__(logging.WARNING)
        self._server = server

    def emit(self, record: logging.LogRecord) -> None:
        kind = _TYPES.get(record.levelno, types.MessageType.Error)
        params = types.LogMessageParams(kind, editor(self.format(record)))
        self._server.call(self._server.window_log_message, params)
