"""Names: where they are defined and used, and giving them another."""

from __future__ import annotations

import os

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from sidecar_lint.escaping import editor
from sidecar_lint.finding import Edit, Fix, Span
from sidecar_lint.fixing.offering import try_fix
from sidecar_lint.language.names import ENVIRONMENT, Name, definition, name_at, rename, same
from sidecar_lint.manifests.document import Document
from sidecar_lint.server.server import Asked, Server
from sidecar_lint.workspace.workspace import ENVIRONMENTS, MANIFEST

_START = types.Range(types.Position(0, 0), types.Position(0, 0))


def register(server: Server) -> None:
    """Answer what an editor asks about names."""
    server.answer(types.TEXT_DOCUMENT_DEFINITION, _definition)
    server.answer(types.TEXT_DOCUMENT_REFERENCES, _references)
    server.answer(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, _highlights)
    server.answer(types.TEXT_DOCUMENT_PREPARE_RENAME, _prepare)
    server.answer(types.TEXT_DOCUMENT_RENAME, _rename, types.RenameOptions(prepare_provider=True))


def _at(asked: Asked, position: types.Position) -> tuple[Document, Name] | None:
    name = name_at(asked.document, asked.positions.offset(position)) if asked.document else None
    return (asked.document, name) if asked.document and name else None


def _definition(asked: Asked, params: types.DefinitionParams) -> types.Location | None:
    found = _at(asked, params.position)
    if found is None:
        return None
    document, name = found
    if name.kind == ENVIRONMENT:
        return _environment(asked, document, name)
    defined = definition(document, name)
    return _location(asked, params.text_document.uri, defined) if defined else None


def _environment(asked: Asked, document: Document, name: Name) -> types.Location | None:
    """The manifest of an environment, where it has one."""
    workspace = document.workload.workspace if document.workload else None
    if workspace is None or name.text not in workspace.environments:
        return None
    path = os.path.join(workspace.folder, ENVIRONMENTS, name.text, MANIFEST)
    return types.Location(asked.server.texts.uri(path), _START)


def _references(asked: Asked, params: types.ReferenceParams) -> list[types.Location]:
    found = _at(asked, params.position)
    places = same(*found) if found else []
    uri = params.text_document.uri
    wanted = [each for each in places if params.context.include_declaration or not each.is_definition]
    return [_location(asked, uri, each) for each in wanted]


def _highlights(asked: Asked, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
    found = _at(asked, params.position)
    kinds = {True: types.DocumentHighlightKind.Write, False: types.DocumentHighlightKind.Read}
    places = same(*found) if found else []
    return [
        types.DocumentHighlight(asked.positions.range(each.span), kinds[each.is_definition])
        for each in places
    ]


def _prepare(asked: Asked, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    found = _at(asked, params.position)
    if found is None or found[1].kind == ENVIRONMENT or definition(*found) is None:
        return None
    name = found[1]
    quote = 1 if name.scalar.style else 0
    inside = Span(name.span.start + quote, name.span.end - quote)
    return types.PrepareRenamePlaceholder(range=asked.positions.range(inside), placeholder=name.text)


def _rename(asked: Asked, params: types.RenameParams) -> types.WorkspaceEdit | None:
    found = _at(asked, params.position)
    if found is None:
        return None
    try:
        edits = rename(*found, params.new_name)
        _refuse_harm(asked, params.new_name, edits)
    except ValueError as error:
        raise JsonRpcInvalidParams(editor(str(error))) from error
    changes = [types.TextEdit(asked.positions.range(edit.span), edit.text) for edit in edits]
    return types.WorkspaceEdit(changes={params.text_document.uri: changes})


def _refuse_harm(asked: Asked, new: str, edits: tuple[Edit, ...]) -> None:
    """Raise ValueError, with a sentence for the user, where something else would be wrong with a new name."""
    linted = asked.session.lint(asked.source.path)
    if linted is None or linted.run is None or not edits:
        return
    verdict = try_fix(linted.run, Fix(new, edits), asked.session.files)
    for finding in verdict.worse:
        raise ValueError(f"it cannot be called {new!r}: {finding.message}")


def _location(asked: Asked, uri: str, name: Name) -> types.Location:
    return types.Location(uri, asked.positions.range(name.span))
