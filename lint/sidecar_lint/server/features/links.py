"""Links to files, to the pages of images and to those of rules."""

from __future__ import annotations

from lsprotocol import types

from sidecar_lint.language.links import links
from sidecar_lint.server.server import Asked, Server


def register(server: Server) -> None:
    """Answer `textDocument/documentLink`."""
    server.answer(types.TEXT_DOCUMENT_DOCUMENT_LINK, _links)


def _links(asked: Asked, _params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    found = links(asked.file) if asked.file else ()
    return [
        types.DocumentLink(
            range=asked.positions.range(link.span),
            target=link.url or asked.server.texts.uri(link.path),
            tooltip=link.tip or None,
        )
        for link in found
    ]
