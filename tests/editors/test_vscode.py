"""The extension in a real Visual Studio Code: editors/vscode/e2e/e2e.mjs is the story."""

from __future__ import annotations

import shutil
import subprocess

import editors
import pytest
from workspaces import FIXTURES

pytestmark = pytest.mark.editors

EXTENSION = editors.ROOT / "editors" / "vscode"
CODE = editors.INSTALLED / "code"


def test_the_extension_does_what_its_page_says() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    vsix = EXTENSION / "sidecar-lint.vsix"
    if chromium is None or not (vsix.exists() and any(CODE.glob("ready-*"))):
        pytest.skip("needs Chromium, a packed extension and code-server: python3 dev.py editors")
    pictures = CODE / "pictures"
    pictures.mkdir(exist_ok=True)
    story = subprocess.run(
        [
            *(editors.program("node"), EXTENSION / "e2e" / "e2e.mjs", "--code", CODE, "--vsix", vsix),
            *("--server", editors.BIN / "sidecar-lint"),
            *("--workspace", FIXTURES / "demo", "--chromium", chromium),
            *("--pictures", pictures),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert story.returncode == 0, story.stdout + story.stderr
