"""What can be folded away."""

from __future__ import annotations

from lsprotocol import types

from sidecar_lint.language.folding import folds
from sidecar_lint.server.server import Asked, Server


def register(server: Server) -> None:
    """Answer `textDocument/foldingRange`."""
    server.answer(types.TEXT_DOCUMENT_FOLDING_RANGE, _folds)


def _folds(asked: Asked, _params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    return [
        types.FoldingRange(
            fold.first, fold.last, kind=types.FoldingRangeKind.Comment if fold.is_comment else None
        )
        for fold in folds(asked.source)
    ]
