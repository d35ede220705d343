"""Our package in a zip, as some build tools ship what they run, with nothing beside it that could be written to."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "fixtures" / "demo"
ENTRY_POINTS = "[sidecar_lint.rules]\nbuiltin = sidecar_lint_rules\n"
#: Neither the packages of this environment nor the current folder are looked at.
START = "import sys; sys.path.insert(0, {!r}); from sidecar_lint.commands.main import main; main()"


def _files() -> Iterator[tuple[Path, str]]:
    """What a wheel has, and where."""
    for top in ("lint", "rules"):
        for path in (ROOT / top).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path, path.relative_to(ROOT / top).as_posix()
    for path in (ROOT / "schemas").glob("*.json"):
        yield path, f"sidecar_lint/schemas/{path.name}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("zip") / "ours.zip"
    with zipfile.ZipFile(made, "w") as file:
        for path, name in _files():
            file.write(path, name)
        file.writestr("sidecar_lint-1.dist-info/entry_points.txt", ENTRY_POINTS)
    return made


def _run(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", "-B", "-c", START.format(str(path)), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=DEMO)


@pytest.mark.parametrize("arguments", [("--format", "concise"), ("--format", "json"), ("--color", "never")])
def test_it_finds_the_same(archive: Path, arguments: tuple[str, ...]) -> None:
    usual = [sys.executable, "-m", "sidecar_lint", *arguments]
    expected = subprocess.run(usual, capture_output=True, text=True, check=False, cwd=DEMO)
    run = _run(archive, *arguments)
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout == expected.stdout


def test_no_rules_are_no_reason_to_find_nothing(tmp_path: Path) -> None:
    for top in ("lint", "rules"):
        for path in (ROOT / top).iterdir():
            (tmp_path / path.name).symlink_to(path)
    run = _run(tmp_path)
    assert (run.returncode, run.stdout) == (3, "")
    assert "cannot load the rules of 'sidecar_lint.rules'" in run.stderr
