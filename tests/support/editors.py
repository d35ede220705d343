"""Editors for tests: what `python3 dev.py editors` installs, and the configuration that our page shows for them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from lsp_client import Client, running
from workspaces import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schemas" / "manifest.schema.json"
HERE = ROOT / "tests" / "editors"
PAGE = ROOT / "docs" / "language-server.md"
#: Where our server is, and where dev.py lets npm install.
BIN = Path(sys.executable).parent
INSTALLED = Path(sys.prefix) / "editors"
MANIFEST = "copilot/storefront/manifest.yml"
#: How long an editor may take for everything, in seconds.
PATIENCE = 120.0
#: What a server is asked about first.
_FIRST = "copilot/first/manifest.yml"


def program(name: str) -> str:
    """A program; the test is skipped where it is not installed."""
    found = shutil.which(name, path=path())
    if found is None:
        pytest.skip(f"needs {name}: python3 dev.py editors")
    return found


def path() -> str:
    """Where programs are looked for: ours, those of npm, those of the machine."""
    return os.pathsep.join((str(BIN), str(INSTALLED / "node_modules" / ".bin"), os.environ["PATH"]))


def shown(section: str, language: str) -> str:
    """The code of a language in a section of docs/language-server.md: what users copy is what is tested."""
    _, _, text = PAGE.read_text("utf-8").partition(f"\n## {section}\n")
    code = re.findall(
        rf"^ *```{language}\b.*?\n(.*?)^ *```", text.partition("\n## ")[0], re.DOTALL | re.MULTILINE
    )
    assert code, f"{PAGE} shows no {language} under {section}"
    return "\n".join(map(dedent, code))


def demo(folder: Path) -> Path:
    """A copy of the bundled workspace, as a repository; its manifest."""
    shutil.copytree(FIXTURES / "demo", folder / "demo")
    (folder / "demo" / ".git").mkdir()
    return folder / "demo" / MANIFEST


def session(folder: Path, *command: str | Path) -> dict[str, Any]:
    """What an editor saw: the last line that it prints is JSON."""
    run = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**os.environ, "PATH": path(), "HOME": str(folder), "XDG_STATE_HOME": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    seen: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return seen


@contextmanager
def yaml_language_server(folder: Path) -> Iterator[Client]:
    """The YAML server of Visual Studio Code and others, with our schema for what is below `copilot/`."""
    with running(folder, program("yaml-language-server"), "--stdio") as client:
        settings = {"schemas": {str(SCHEMA): "copilot/**"}, "validate": True}
        client.settings = settings
        client.initialize()
        client.notify("workspace/didChangeConfiguration", {"settings": {"yaml": settings}})
        client.open(_FIRST, "name: first\ntype: Nothing\n")
        # It answers before it has read its settings, and once more after that.
        client.wait(lambda: any(each["params"]["diagnostics"] for each in published(client, _FIRST)))
        yield client


def published(client: Client, path: str) -> list[Any]:
    """What a server has said of a file so far."""
    uri = client.uri(path)
    return [each for each in client.received if (each.get("params") or {}).get("uri") == uri]
