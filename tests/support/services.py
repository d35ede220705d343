"""The tools of those whom we report to: what `python3 dev.py services` installs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_BIN = Path(sys.executable).parent
#: Where dev.py lets npm install.
MODULES = Path(sys.prefix) / "npm" / "node_modules"


def program(name: str) -> Path:
    """A program that a Python package brings; the test is skipped where it is not installed."""
    found = shutil.which(name, path=str(_BIN))
    if found is None:
        pytest.skip(f"needs {name}: python3 dev.py services")
    return Path(found)


def module(name: str) -> Path:
    """The folder of an npm package; the test is skipped where it is not installed, or node is missing."""
    folder = MODULES / name
    if not folder.is_dir():
        pytest.skip(f"needs {name} from npm: python3 dev.py services")
    if shutil.which("node") is None:
        pytest.skip("needs node")
    return folder


def run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; its output is text."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
