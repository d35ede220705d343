"""Everything that names a version names the same one."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import metadata
from pathlib import Path

import pytest

from sidecar_lint import __version__

ROOT = Path(__file__).parents[1]


def test_the_installed_package_and_the_command() -> None:
    assert metadata("sidecar-lint")["Version"] == __version__
    said = subprocess.run(
        [sys.executable, "-m", "sidecar_lint", "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout == f"sidecar-lint {__version__}\n"


def test_the_changelog_begins_with_it() -> None:
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert first
    assert first[1] == __version__


@pytest.mark.parametrize(
    "path", ["README.md", *(f"docs/{each.name}" for each in (ROOT / "docs").glob("*.md"))]
)
def test_what_is_written(path: str) -> None:
    """As `"version": "0.1.0"` of the tool, or what `--version` prints; see test_unpublished_names.py for tags."""
    text = (ROOT / path).read_text("utf-8")
    forms = (
        r'sidecar-lint", "version": "([^"]+)',
        r"^sidecar-lint (\d\S*)$",
    )
    for form in forms:
        for named in re.findall(form, text, re.MULTILINE):
            assert named == __version__


def test_some_of_it_is_written_somewhere() -> None:
    assert f"sidecar-lint {__version__}" in (ROOT / "docs" / "install.md").read_text("utf-8")
    assert f"\nARG VERSION={__version__}\n" in (ROOT / "Dockerfile").read_text("utf-8")
