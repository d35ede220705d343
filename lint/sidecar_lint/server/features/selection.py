"""Growing and shrinking a selection."""

from __future__ import annotations

from lsprotocol import types

from sidecar_lint.language.selection import selections
from sidecar_lint.server.server import Asked, Server
from sidecar_lint.syntax.outline import Outline


def register(server: Server) -> None:
    """Answer `textDocument/selectionRange`."""
    server.answer(types.TEXT_DOCUMENT_SELECTION_RANGE, _selections)


def _selections(asked: Asked, params: types.SelectionRangeParams) -> list[types.SelectionRange]:
    outline = Outline(asked.source)
    return [_selection(asked, outline, position) for position in params.positions]


def _selection(asked: Asked, outline: Outline, position: types.Position) -> types.SelectionRange:
    outer = None
    for span in reversed(selections(outline, asked.positions.offset(position))):
        outer = types.SelectionRange(asked.positions.range(span), outer)
    return outer or types.SelectionRange(types.Range(position, position))
