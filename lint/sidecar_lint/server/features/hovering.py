"""Hover."""

from __future__ import annotations

from lsprotocol import types

from sidecar_lint.language.hover import hover
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.server.server import Asked, Server


def register(server: Server) -> None:
    """Answer `textDocument/hover`."""
    server.answer(types.TEXT_DOCUMENT_HOVER, _respond)


def _respond(asked: Asked, params: types.HoverParams) -> types.Hover | None:
    if asked.file is None:
        return None
    found = hover(asked.file, asked.positions.offset(params.position), load_rules())
    if found is None:
        return None
    content = types.MarkupContent(types.MarkupKind.Markdown, found.markdown)
    return types.Hover(content, asked.positions.range(found.span))
