"""After any edits, what is found is what a fresh start finds; and nothing is ever raised.

`SIDECAR_LINT_EDITS` is how many edits are made in each workspace.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from lsp_client import PULL, Message, copied
from lsprotocol import types
from typist import Typist
from workspaces import FIXTURES

from sidecar_lint import Finding, Span
from sidecar_lint.language.extraction import extractions
from sidecar_lint.language.folding import folds
from sidecar_lint.language.hints import hints
from sidecar_lint.language.links import links
from sidecar_lint.language.selection import selections
from sidecar_lint.language.session import Linted, Session
from sidecar_lint.language.symbols import symbols
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.server.positions import Positions
from sidecar_lint.server.texts import Texts
from sidecar_lint.syntax.outline import Outline

_WORKSPACES = ("shop", "secret-inputs", "permissions", "collector")
_FEW = int(os.environ.get("SIDECAR_LINT_EDITS", "100"))
_MANY = 2500
_ENCODINGS = ("utf-8", "utf-16", "utf-32", "utf-16")


@pytest.fixture(params=_WORKSPACES)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    name: str = request.param
    root = tmp_path / name
    shutil.copytree(FIXTURES / name, root)
    return root


def _texts(project: Path) -> dict[str, str]:
    """What is open: everything that is YAML, and a configuration that is not saved yet."""
    found = {str(path): path.read_bytes().decode() for path in sorted(project.glob("**/*.y*ml"))}
    return {**found, str(project / ".sidecar-lint.yml"): "ignore: [SL106]\n"}


class _Editor:
    """An editor with a session of its own; texts go there by way of positions, as from a client."""

    def __init__(self, texts: dict[str, str], encoding: str) -> None:
        self.session = Session(load_rules())
        self.texts = Texts(encoding)
        self.encoding = encoding
        self._version = 1
        for path, text in texts.items():
            self.texts.open(types.TextDocumentItem(Path(path).as_uri(), "yaml", 1, text))
            self.session.put(path, text, 1)

    def edit(self, path: str, start: int, end: int, new: str) -> None:
        self._version += 1
        source = self.texts.source(path)
        assert source is not None
        change = types.TextDocumentContentChangePartial(
            Positions(source, self.encoding).range(Span(start, end)), new
        )
        identifier = types.VersionedTextDocumentIdentifier(self._version, Path(path).as_uri())
        self.texts.change(identifier, [change])
        source = self.texts.source(path)
        assert source is not None
        self.session.put(path, source.text, self._version)

    def found(self, path: str) -> list[Finding]:
        return _findings(self.session.lint(path))


def _findings(linted: Linted | None) -> list[Finding]:
    return list(linted.report.findings) if linted else []


def _fresh(texts: dict[str, str], path: str) -> list[Finding]:
    session = Session(load_rules())
    for other, text in texts.items():
        session.put(other, text, 1)
    return _findings(session.lint(path))


def _ask_everything(session: Session, path: str, at: int) -> None:
    found = session.lint_input(path)
    if found is None:
        return
    file = found.file
    outline = Outline(found.source)
    symbols(outline)
    folds(found.source)
    selections(outline, at)
    if isinstance(file, Document):
        links(file)
        hints(file)
        list(extractions(file, at))


def _between(text: str, at: int) -> bool:
    """Whether a place is between the two characters of a line's end, where no editor edits."""
    return text[max(at - 1, 0) : at + 1] == "\r\n"


def _edit_and_compare(project: Path, count: int, encoding: str) -> None:
    texts = _texts(project)
    typist, editor = Typist(texts, seed=count), _Editor(texts, encoding)
    for number in range(count):
        before = dict(typist.texts)
        key = typist.next()
        if _between(before[key.path], key.start) or _between(before[key.path], key.end):
            typist.texts = before
            continue
        editor.edit(*key)
        source = editor.texts.source(key.path)
        assert source is not None
        assert source.text == typist.texts[key.path]
        found = editor.found(key.path)
        assert not [each for each in found if each.code == "SL000"], found
        if number % 10 == 0:
            _ask_everything(editor.session, key.path, key.start)
            assert found == _fresh(typist.texts, key.path), key
    for path in texts:
        assert editor.found(path) == _fresh(typist.texts, path)


@pytest.mark.parametrize("encoding", ["utf-16"])
def test_edits_end_with_what_a_fresh_start_finds(project: Path, encoding: str) -> None:
    _edit_and_compare(project, _FEW, encoding)


@pytest.mark.slow
def test_ten_thousand_edits_do(project: Path) -> None:
    _edit_and_compare(project, _MANY, _ENCODINGS[_WORKSPACES.index(project.name)])


def test_edits_of_a_real_server_do_too(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    shutil.copytree(FIXTURES / "shop", root)
    texts = _texts(root)
    names = {path: os.path.relpath(path, root) for path in texts}
    typist = Typist(texts, seed=7)
    capabilities: Message = {**PULL, "general": {"positionEncodings": ["utf-32"]}}
    with copied(root) as client, copied(root) as fresh:
        for each in (client, fresh):
            each.initialize(capabilities)
        for path, text in texts.items():
            client.open(names[path], text)
        for _ in range(_FEW):
            before = dict(typist.texts)
            key = typist.next()
            if _between(before[key.path], key.start) or _between(before[key.path], key.end):
                typist.texts = before
                continue
            client.change(
                names[key.path], {"range": _range(before[key.path], key.start, key.end), "text": key.new}
            )
        for path, text in typist.texts.items():
            fresh.open(names[path], text)
        for name in names.values():
            assert client.pull(name)["items"] == fresh.pull(name)["items"]
        assert client.received == []


def _range(text: str, start: int, end: int) -> Message:
    from sidecar_lint.syntax.source import Source

    positions = Positions(Source("x", text), "utf-32")
    places = [positions.position(at) for at in (start, end)]
    first, last = ({"line": each.line, "character": each.character} for each in places)
    return {"start": first, "end": last}
