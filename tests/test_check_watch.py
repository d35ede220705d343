"""`check --watch`: the real program, which is told of changes by nobody but the files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from hearing import signals_heard
from typer.testing import CliRunner

from sidecar_lint.commands import cli

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "name: api\ntype: Backend Service\nimage: {build: Dockerfile}\nlogging: {retention: '30'}\n"
NEWS = "watching for changes"

Watching = Callable[[], list[str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "main.py").write_text("")
    (tmp_path / "copilot" / "api").mkdir(parents=True)
    (tmp_path / "copilot" / ".workspace").write_text("application: shop\n")
    (tmp_path / "copilot" / "api" / "manifest.yml").write_text(MANIFEST)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def process(project: Path) -> Iterator[subprocess.Popen[str]]:
    options = ["--watch", "--format", "concise", "--select", "SL005,SL085,SL201"]
    with signals_heard():
        process = subprocess.Popen(
            [sys.executable, "-m", "sidecar_lint", *options],
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    yield process
    process.kill()
    process.communicate()


@pytest.fixture
def next_run(process: subprocess.Popen[str]) -> Watching:
    """What the program says until it waits again: the codes of what it found."""

    def until_it_waits() -> list[str]:
        assert process.stdout
        found = []
        while NEWS not in (line := process.stdout.readline()):
            assert line, "the program has ended"
            found.append(line.partition("[")[2].partition("]")[0])
        return found

    return until_it_waits


def test_it_lints_again_when_a_file_changes_or_comes(project: Path, next_run: Watching) -> None:
    assert next_run() == ["SL085", "SL005"]
    (project / "copilot" / "api" / "manifest.yml").write_text(MANIFEST.replace("'30'", "31"))
    assert next_run() == ["SL085", "SL201"]
    (project / "Dockerfile").write_text("FROM scratch\n")
    assert next_run() == ["SL201"]


@pytest.mark.skipif(os.name == "nt", reason="a process is interrupted in other ways there")
def test_an_interrupt_ends_it(process: subprocess.Popen[str], next_run: Watching) -> None:
    next_run()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130


@pytest.mark.parametrize(
    "options",
    [
        ["--fix"],
        ["--diff"],
        ["--add-ignores", "why"],
        ["--write-baseline", "b.json"],
        ["--show-files"],
        ["-"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_watched_is_refused(project: Path, options: list[str]) -> None:
    result = CliRunner().invoke(cli.app, ["check", "--watch", *options])
    assert result.exit_code == 2
    assert "watch" in result.stderr
    assert not (project / "b.json").exists()
