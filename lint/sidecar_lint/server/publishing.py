"""The part of the server that tells the client what is found in a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from sidecar_lint import __version__
from sidecar_lint.language.session import Linted
from sidecar_lint.rulebook.registry import RuleLoadError, load_rules
from sidecar_lint.server.diagnostics import SOURCE, Translation
from sidecar_lint.server.texts import Texts


class PublishingServer(LanguageServer):
    """A server that has the texts of its client, and tells it of findings from whichever thread."""

    def __init__(self) -> None:
        super().__init__(SOURCE, __version__)
        self.texts = Texts()
        self.loop: asyncio.AbstractEventLoop | None = None
        #: The files that diagnostics were sent for.
        self.told: set[str] = set()

    @property
    def translation(self) -> Translation:
        """How the client is told of findings."""
        return Translation(self.texts.encoding, self.texts.uri, {rule.code: rule for rule in _rules()})

    def call(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Do something on the thread that talks to the client, soon."""
        if self.loop and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(function, *arguments)

    def publish(self, path: str, linted: Linted | None) -> None:
        """Send what was found, unless the client has a newer text by now; None: it is not ours, or not any longer."""
        if linted is None:
            self.call(self._take_back, path)
            return
        diagnostics = self.translation.diagnostics(linted.report)
        params = types.PublishDiagnosticsParams(self.texts.uri(path), diagnostics, linted.version)
        self.call(self._publish, path, params)

    def _publish(self, path: str, params: types.PublishDiagnosticsParams) -> None:
        if self.texts.version(path) == params.version:
            self.told.add(path)
            self.text_document_publish_diagnostics(params)

    def _take_back(self, path: str) -> None:
        """A file is not ours, or not any longer."""
        if path in self.told:
            self.told.discard(path)
            nothing = types.PublishDiagnosticsParams(self.texts.uri(path), [], self.texts.version(path))
            self.text_document_publish_diagnostics(nothing)


def _rules() -> tuple[Any, ...]:
    try:
        return tuple(load_rules())
    except RuleLoadError:
        return ()
