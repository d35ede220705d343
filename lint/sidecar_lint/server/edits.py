"""Actions as the protocol's edits of a workspace."""

from __future__ import annotations

import os
from collections.abc import Sequence

from lsprotocol import types

from sidecar_lint.escaping import snippet
from sidecar_lint.files.project_root import project_root
from sidecar_lint.files.reading import Unread, locate
from sidecar_lint.finding import Edit, NewFile
from sidecar_lint.language.action import CodeAction
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.server.positions import Positions
from sidecar_lint.server.texts import Texts

_TOP = types.Range(types.Position(0, 0), types.Position(0, 0))

Change = types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile
TextEdit = types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit


class Abilities(NamedTuple):
    """What a client can do with edits."""

    versions: bool
    new_files: bool
    snippets: bool
    #: Whether it can move files and folders.
    renames: bool = False

    @classmethod
    def of(cls, client: types.ClientCapabilities) -> Abilities:
        """As the client says."""
        edit = client.workspace.workspace_edit if client.workspace else None
        if edit is None:
            return cls(versions=False, new_files=False, snippets=False)
        operations = edit.resource_operations or ()
        return cls(
            versions=bool(edit.document_changes),
            new_files=types.ResourceOperationKind.Create in operations,
            snippets=bool(edit.snippet_edit_support),
            renames=bool(edit.document_changes) and types.ResourceOperationKind.Rename in operations,
        )


class EditWriter(NamedTuple):
    """Writes edits of one file for a client."""

    positions: Positions
    texts: Texts
    abilities: Abilities

    def edit(self, action: CodeAction) -> types.WorkspaceEdit | None:
        """What an action does; None where the client cannot do it, or would make a file outside of the project."""
        path = self.positions.source.path
        within = project_root(path)
        if any(isinstance(locate(file.path, within), Unread) for file in action.new_files):
            return None
        if self.abilities.versions:
            return types.WorkspaceEdit(document_changes=self._changes(action, path))
        if action.new_files:
            return None
        return types.WorkspaceEdit(changes={self.texts.uri(path): self.text_edits(action.edits)})

    def text_edits(self, edits: Sequence[Edit]) -> list[types.TextEdit]:
        """Edits of the text."""
        return [types.TextEdit(self.positions.range(edit.span), edit.text) for edit in edits]

    def _changes(self, action: CodeAction, path: str) -> list[Change] | None:
        if action.new_files and not self.abilities.new_files:
            return None
        document = types.OptionalVersionedTextDocumentIdentifier(
            self.texts.uri(path), self.texts.version(path)
        )
        made = [change for file in action.new_files for change in self._made(file)]
        if not action.edits:
            return made
        return [*made, types.TextDocumentEdit(document, self._edits(action))]

    def _made(self, file: NewFile) -> list[Change]:
        uri = self.texts.uri(os.path.abspath(file.path))
        document = types.OptionalVersionedTextDocumentIdentifier(uri, None)
        return [types.CreateFile(uri), types.TextDocumentEdit(document, [types.TextEdit(_TOP, file.text)])]

    def _edits(self, action: CodeAction) -> list[TextEdit]:
        plain: list[TextEdit] = [*self.text_edits(action.edits)]
        if not action.placeholder or not self.abilities.snippets:
            return plain
        return [self._snippet(edit, action.placeholder) for edit in action.edits]

    def _snippet(self, edit: Edit, placeholder: str) -> TextEdit:
        escaped, mark = snippet(edit.text), snippet(placeholder)
        text = escaped.replace(mark, f"${{1:{mark}}}", 1)
        return types.SnippetTextEdit(self.positions.range(edit.span), types.StringValue(text))
