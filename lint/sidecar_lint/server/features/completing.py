"""Completion."""

from __future__ import annotations

from typing import Final

from lsprotocol import types

from sidecar_lint.escaping import editor
from sidecar_lint.language.completion import Completion, complete
from sidecar_lint.server.server import Asked, Server

#: What asks for the values of a key, the items of a list, the files of a folder, without being asked.
_TRIGGERS: Final = [" ", ":", "/", "-", "$"]
_KINDS: Final = {
    "field": types.CompletionItemKind.Field,
    "value": types.CompletionItemKind.Value,
    "reference": types.CompletionItemKind.Reference,
    "file": types.CompletionItemKind.File,
}


def register(server: Server) -> None:
    """Answer `textDocument/completion`."""
    options = types.CompletionOptions(trigger_characters=_TRIGGERS)
    server.answer(types.TEXT_DOCUMENT_COMPLETION, _respond, options)


def _respond(asked: Asked, params: types.CompletionParams) -> types.CompletionList | None:
    if asked.file is None:
        return None
    found = complete(asked.file, asked.positions.offset(params.position))
    items = [_item(each, number, asked) for number, each in enumerate(found)]
    return types.CompletionList(is_incomplete=False, items=items)


def _item(completion: Completion, number: int, asked: Asked) -> types.CompletionItem:
    is_snippet = completion.is_snippet and _takes_snippets(asked.server)
    text = completion.text if is_snippet or not completion.is_snippet else completion.plain
    return types.CompletionItem(
        label=editor(completion.label),
        kind=_KINDS[completion.kind],
        detail=editor(completion.detail) or None,
        documentation=completion.documentation or None,
        sort_text=f"{number:04}",
        # What is typed is compared with the word as it stands, its quotes included.
        filter_text=_filter(completion, asked),
        text_edit=types.TextEdit(asked.positions.range(completion.replace), text),
        insert_text_format=types.InsertTextFormat.Snippet if is_snippet else types.InsertTextFormat.PlainText,
        insert_text_mode=types.InsertTextMode.AsIs,
    )


def _filter(completion: Completion, asked: Asked) -> str | None:
    quote = asked.source.text[completion.replace.start : completion.replace.start + 1]
    return f"{quote}{completion.label}" if quote in ("'", '"') and quote else None


def _takes_snippets(server: Server) -> bool:
    text_document = server.client_capabilities.text_document
    completion = text_document.completion if text_document else None
    item = completion.completion_item if completion else None
    return bool(item and item.snippet_support)
