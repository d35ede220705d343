"""Names: where they are defined and used, and giving them another."""

from __future__ import annotations

import os

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from sidecar_lint.escaping import editor
from sidecar_lint.finding import Edit, Fix
from sidecar_lint.fixing.offering import try_fix
from sidecar_lint.language.names import (
    ENVIRONMENT,
    WORKLOAD,
    Name,
    NamingFile,
    definition,
    name_at,
    rename,
    same,
)
from sidecar_lint.language.workspace_names import FileEdits, mentions, rename_environment
from sidecar_lint.server.edits import Abilities, Change
from sidecar_lint.server.server import Asked, Server
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.span import Span
from sidecar_lint.workspace.workspace import ENVIRONMENTS, Workspace

_START = types.Range(types.Position(0, 0), types.Position(0, 0))


def register(server: Server) -> None:
    """Answer what an editor asks about names."""
    server.answer(types.TEXT_DOCUMENT_DEFINITION, _definition)
    server.answer(types.TEXT_DOCUMENT_REFERENCES, _references)
    server.answer(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, _highlights)
    server.answer(types.TEXT_DOCUMENT_PREPARE_RENAME, _prepare)
    server.answer(types.TEXT_DOCUMENT_RENAME, _rename, types.RenameOptions(prepare_provider=True))


def _at(asked: Asked, position: types.Position) -> tuple[NamingFile, Name] | None:
    file = asked.naming
    name = name_at(file, asked.positions.offset(position)) if file else None
    return (file, name) if file and name else None


def _workspace(asked: Asked) -> Workspace | None:
    return asked.session.files.workspace(asked.source.path)


def _definition(asked: Asked, params: types.DefinitionParams) -> types.Location | None:
    found = _at(asked, params.position)
    if found is None:
        return None
    file, name = found
    if name.kind in (ENVIRONMENT, WORKLOAD):
        path = _manifest(_workspace(asked), name)
        return types.Location(asked.server.texts.uri(path), _START) if path else None
    defined = definition(file, name)
    return _location(asked, asked.source, defined) if defined else None


def _manifest(workspace: Workspace | None, name: Name) -> str | None:
    """The path of the manifest of an environment or a workload, where it has one."""
    if workspace and name.kind == ENVIRONMENT and name.text in workspace.environments:
        return workspace.environment_path(name.text)
    workload = workspace.workloads.get(name.text) if workspace and name.kind == WORKLOAD else None
    return workload.manifest_path if workload else None


def _references(asked: Asked, params: types.ReferenceParams) -> list[types.Location]:
    found = _at(asked, params.position)
    workspace = _workspace(asked)
    if found is None:
        return []
    if found[1].kind == ENVIRONMENT and workspace:
        places = [
            (each.source, each.name) for each in mentions(workspace, asked.session.files, found[1].text)
        ]
    else:
        places = [(asked.source, name) for name in same(*found)]
    wanted = params.context.include_declaration
    return [_location(asked, *each) for each in places if wanted or not each[1].is_definition]


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
    if found is None or not _can_be_renamed(asked, *found):
        return None
    name = found[1]
    quote = 1 if name.scalar.style else 0
    inside = Span(name.span.start + quote, name.span.end - quote)
    return types.PrepareRenamePlaceholder(range=asked.positions.range(inside), placeholder=name.text)


def _can_be_renamed(asked: Asked, file: NamingFile, name: Name) -> bool:
    if name.kind == ENVIRONMENT:
        return _workspace(asked) is not None
    return name.kind != WORKLOAD and definition(file, name) is not None


def _rename(asked: Asked, params: types.RenameParams) -> types.WorkspaceEdit | None:
    found = _at(asked, params.position)
    if found is None or not _can_be_renamed(asked, *found):
        return None
    file, name = found
    try:
        if name.kind == ENVIRONMENT:
            return _renamed_environment(asked, name, params.new_name)
        edits = rename(file, name, params.new_name)
        _refuse_harm(asked, params.new_name, edits)
    except ValueError as error:
        raise JsonRpcInvalidParams(editor(str(error))) from error
    return types.WorkspaceEdit(changes=_changes(asked, [FileEdits(asked.source, edits)]))


def _renamed_environment(asked: Asked, name: Name, new: str) -> types.WorkspaceEdit | None:
    """The edits in all files and, where the environment has one, its folder moved after them."""
    workspace = _workspace(asked)
    if workspace is None:
        return None
    files = rename_environment(workspace, asked.session.files, name.text, new)
    if name.text not in workspace.environments or new == name.text:
        return types.WorkspaceEdit(changes=_changes(asked, files))
    if not Abilities.of(asked.server.client_capabilities).renames:
        raise ValueError("this editor cannot rename the folder of an environment")
    uri = asked.server.texts.uri
    changes: list[Change] = [_versioned(asked, file) for file in files]
    old, moved = (
        os.path.abspath(os.path.join(workspace.folder, ENVIRONMENTS, each)) for each in (name.text, new)
    )
    return types.WorkspaceEdit(document_changes=[*changes, types.RenameFile(uri(old), uri(moved))])


def _changes(asked: Asked, files: list[FileEdits]) -> dict[str, list[types.TextEdit]]:
    uri = asked.server.texts.uri
    return {uri(os.path.abspath(file.source.path)): _text_edits(asked, file) for file in files}


def _versioned(asked: Asked, file: FileEdits) -> types.TextDocumentEdit:
    texts, path = asked.server.texts, os.path.abspath(file.source.path)
    document = types.OptionalVersionedTextDocumentIdentifier(texts.uri(path), texts.version(path))
    return types.TextDocumentEdit(document, [*_text_edits(asked, file)])


def _text_edits(asked: Asked, file: FileEdits) -> list[types.TextEdit]:
    positions = asked.server.positions(file.source)
    return [types.TextEdit(positions.range(edit.span), edit.text) for edit in file.edits]


def _refuse_harm(asked: Asked, new: str, edits: tuple[Edit, ...]) -> None:
    """Raise ValueError, with a sentence for the user, where something else would be wrong with a new name."""
    linted = asked.session.lint(asked.source.path)
    if linted is None or linted.run is None or not edits:
        return
    verdict = try_fix(linted.run, Fix(new, edits), asked.session.files)
    for finding in verdict.worse:
        raise ValueError(f"it cannot be called {new!r}: {finding.message}")


def _location(asked: Asked, source: Source, name: Name) -> types.Location:
    uri = asked.server.texts.uri(os.path.abspath(source.path))
    return types.Location(uri, asked.server.positions(source).range(name.span))
