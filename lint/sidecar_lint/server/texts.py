"""The texts of the open files, kept as the client edits them.

pygls has such a thing too, but ends lines where no editor does (form feed, NEL, U+2028), and an
edit below such a character would then hit the wrong place.
"""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from sidecar_lint.server.positions import Positions
from sidecar_lint.syntax.source import Source


class Texts:
    """The open files by their paths; for the thread that talks to the client."""

    def __init__(self, encoding: str = "utf-16") -> None:
        self.encoding = encoding
        self._sources: dict[str, Source] = {}
        self._versions: dict[str, int] = {}
        self._uris: dict[str, str] = {}

    def open(self, item: types.TextDocumentItem) -> str | None:
        """Take a file; its path, or None where it is no file (a diff, an untitled text)."""
        path = path_of(item.uri)
        if path is None:
            return None
        self._sources[path] = Source(path, item.text)
        self._versions[path] = item.version
        self._uris[path] = item.uri
        return path

    def change(
        self,
        identifier: types.VersionedTextDocumentIdentifier,
        changes: Iterable[types.TextDocumentContentChangeEvent],
    ) -> str | None:
        """Apply edits, each to the text that the one before it left; the path, or None for no open file."""
        path = path_of(identifier.uri)
        if path is None or path not in self._sources:
            return None
        for change in changes:
            self._sources[path] = self._changed(self._sources[path], change)
        self._versions[path] = identifier.version
        return path

    def close(self, uri: str) -> str | None:
        """Let a file go; its path, or None where it was not open."""
        path = path_of(uri)
        if path is None or self._sources.pop(path, None) is None:
            return None
        del self._versions[path], self._uris[path]
        return path

    def source(self, path: str) -> Source | None:
        """The text of an open file."""
        return self._sources.get(path)

    def version(self, path: str) -> int | None:
        """The version of an open file."""
        return self._versions.get(path)

    def uri(self, path: str) -> str:
        """The client's own spelling for an open file, ours for any other."""
        return self._uris.get(path) or from_fs_path(path) or path

    def _changed(self, source: Source, change: types.TextDocumentContentChangeEvent) -> Source:
        if isinstance(change, types.TextDocumentContentChangeWholeDocument):
            return source._replace(text=change.text)
        start, end = Positions(source, self.encoding).span(change.range)
        return source._replace(text=source.text[:start] + change.text + source.text[end:])


def path_of(uri: str) -> str | None:
    """The path of a file; None for what is no file."""
    return to_fs_path(uri)
