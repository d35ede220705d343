"""The base value beside an override."""

from __future__ import annotations

from lsprotocol import types

from sidecar_lint.escaping import editor
from sidecar_lint.language.hints import hints
from sidecar_lint.server.server import Asked, Server


def register(server: Server) -> None:
    """Answer `textDocument/inlayHint`."""
    server.answer(types.TEXT_DOCUMENT_INLAY_HINT, _hints)


def _hints(asked: Asked, params: types.InlayHintParams) -> list[types.InlayHint]:
    if asked.document is None or not asked.server.settings.inlay_hints:
        return []
    start, end = asked.positions.span(params.range)
    return [
        types.InlayHint(asked.positions.position(hint.at), editor(hint.text), padding_left=True)
        for hint in hints(asked.document)
        if start <= hint.at <= end
    ]
