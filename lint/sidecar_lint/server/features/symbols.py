"""The outline of a file."""

from __future__ import annotations

from typing import Final

from lsprotocol import types

from sidecar_lint.escaping import editor
from sidecar_lint.language.symbols import Symbol, SymbolKind, symbols
from sidecar_lint.linting.hidden import Hidden, hidden_in
from sidecar_lint.server.positions import Positions
from sidecar_lint.server.server import Asked, Server
from sidecar_lint.syntax.outline import Outline

_KINDS: Final = {
    SymbolKind.SECTION: types.SymbolKind.Module,
    SymbolKind.CONTAINER: types.SymbolKind.Class,
    SymbolKind.VOLUME: types.SymbolKind.Struct,
    SymbolKind.ENVIRONMENT: types.SymbolKind.Namespace,
    SymbolKind.LIST: types.SymbolKind.Array,
    SymbolKind.VALUE: types.SymbolKind.Field,
}


def register(server: Server) -> None:
    """Answer `textDocument/documentSymbol`."""
    server.answer(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _symbols)


def _symbols(asked: Asked, _params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    return [
        _symbol(each, asked.positions)
        for each in symbols(Outline(asked.source), Hidden(hidden_in(asked.input)))
    ]


def _symbol(symbol: Symbol, positions: Positions) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=editor(symbol.name),
        detail=editor(symbol.detail) or None,
        kind=_KINDS[symbol.kind],
        range=positions.range(symbol.span),
        selection_range=positions.range(symbol.name_span),
        children=[_symbol(each, positions) for each in symbol.children] or None,
    )
