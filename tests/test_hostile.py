"""Everything that a repository can try, at once: with every command, and in the server."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hostile import OUTSIDE, Hostile, build
from lsp_client import Client, running
from nasty import obeyed

from sidecar_lint.commands.main import main
from sidecar_lint.report.formats import Format

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links take a privilege there")

#: What a line of ours begins with that GitHub is to obey.
_OWN = ("::error ", "::warning ", "::notice ", "::error::", "::notice title=")
_MANIFEST = "copilot/names/manifest.yml"
#: Each command, and how it ends: 1 there are findings, 3 something could not be read or done.
_COMMANDS = [
    *((["check", "--format", wanted.value], 1) for wanted in Format),
    (["check", "--isolated"], 1),
    (["check", "--statistics"], 1),
    (["check", "--diff", "--unsafe-fixes"], 1),
    (["check", "--fix", "--unsafe-fixes", "--format", "json"], 1),
    (["check", "--add-ignores", "because"], 1),
    (["check", "--show-files"], 0),
    (["check", "--affected", _MANIFEST, "a.env", ".sidecar-lint.yml"], 1),
    (["check", "--write-baseline", "known.json"], 0),
    (["check", _MANIFEST], 1),
    (["check", "copilot/linked/manifest.yml"], 3),
    (["check", "copilot/api/addons/pipe.yml"], 3),
    (["config"], 0),
    (["config", _MANIFEST], 0),
    (["rules"], 0),
    (["render", _MANIFEST, "--env", "::notice::marker"], 0),
    (["render", _MANIFEST, "--as", "template", "--origin"], 0),
    (["render", "copilot/paths/manifest.yml", "--as", "task-definition"], 0),
    (["render", "copilot/costs/manifest.yml", "--as", "template", "--format", "json"], 0),
    (["render", "copilot/linked/manifest.yml"], 3),
    (["render", "copilot/api/addons/pipe.yml"], 3),
    (["render", "."], 3),
]


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hostile:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "SIDECAR_LINT_ALLOW_PLUGINS"):
        monkeypatch.delenv(name, raising=False)
    made = build(tmp_path)
    monkeypatch.chdir(made.root)
    return made


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "status"), _COMMANDS, ids=[" ".join(command[:4]) for command, _ in _COMMANDS]
)
def test_every_command_ends_as_it_says_and_does_nothing_else(
    arguments: list[str],
    status: int,
    hostile: Hostile,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    before, outside = hostile.markers, _contents(hostile.outside)
    monkeypatch.setattr(sys, "argv", ["sidecar-lint", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    output, errors = capfd.readouterr()
    assert "internal error" not in errors
    assert "Traceback" not in errors
    assert OUTSIDE not in output + errors
    assert list(obeyed(output, _OWN)) == []
    assert list(obeyed(errors)) == []
    assert (ended.value.code, hostile.markers) == (status, before)
    assert _contents(hostile.outside) == outside


def test_what_is_written_stays_inside(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    links = {path: os.readlink(path) for path in hostile.root.rglob("*") if path.is_symlink()}
    for arguments in (
        ["--fix", "--unsafe-fixes"],
        ["--add-ignores", "because"],
        ["--write-baseline", "k.json"],
    ):
        monkeypatch.setattr(sys, "argv", ["sidecar-lint", "check", *arguments])
        with pytest.raises(SystemExit):
            main()
    assert links == {path: os.readlink(path) for path in hostile.root.rglob("*") if path.is_symlink()}
    assert not list(hostile.root.rglob(".sidecar-lint-*"))


def _asked(client: Client, path: str, text: str) -> Iterator[Any]:
    """All that an editor asks about a file."""
    yield client.pushed(path, 1)
    for method in ("documentSymbol", "foldingRange", "documentLink", "inlayHint", "codeAction"):
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": text.count("\n"), "character": 0}}
        yield client.ask(f"textDocument/{method}", path, range=whole, context={"diagnostics": []})
    for line in range(0, text.count("\n"), 3):
        for method in ("hover", "completion", "definition", "documentHighlight"):
            yield client.ask(f"textDocument/{method}", path, position={"line": line, "character": 4})


def test_an_editor_is_told_nothing_else(hostile: Hostile) -> None:
    before, answers = hostile.markers, []
    with running(hostile.root, sys.executable, "-P", "-m", "sidecar_lint", "server") as client:
        client.initialize()
        for path in hostile.manifests:
            text = (hostile.root / path).read_text()
            client.open(path, text)
            answers += list(_asked(client, path, text))
        assert client.stop() == 0
    assert OUTSIDE not in json.dumps(answers)
    drawn = [each["contents"]["value"] for each in answers if isinstance(each, dict) and "contents" in each]
    assert drawn
    plain = [re.sub("`[^`]*`", "", text) for text in drawn]
    assert not [text for text in plain if "![" in text or "](http" in text]
    assert hostile.markers == before
