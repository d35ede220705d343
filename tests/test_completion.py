"""What real shells offer where the user presses Tab."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import program
import pytest
from typer.testing import CliRunner

from sidecar_lint.commands import cli
from sidecar_lint.commands.shells import VARIABLE, with_check
from sidecar_lint.rulebook.registry import load_rules

#: What is typed before Tab, and what must be offered; exactly this, or this among others (…).
CASES = [
    ("sidecar-lint ren", ["render"]),
    ("sidecar-lint --sel", ["--select"]),
    ("sidecar-lint --vers", ["--version"]),
    ("sidecar-lint --form", ["--format"]),
    ("sidecar-lint check --fail-on in", ["info"]),
    ("sidecar-lint copilot --fail-on in", ["info"]),
    ("sidecar-lint rule SL50", ["SL501", "SL502", "SL503", "SL504", "SL505", "…"]),
    ("sidecar-lint rule unknown-target", ["unknown-target-container"]),
    ("sidecar-lint --select SL501", ["SL501"]),
    ("sidecar-lint --ignore SL110,unknown-target", ["SL110,unknown-target-container"]),
    ("sidecar-lint completion fi", ["fish"]),
]
BASH = """
source {script}
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_sidecar_lint_completion sidecar-lint
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
# zsh shows what it is told only where somebody types: its own functions are replaced by what prints.
ZSH = """
compdef() {{ : }}
_arguments() {{ print -r -- "$@" }}
_files() {{ : }}
source {script}
words=({words}); CURRENT=$#words
_sidecar_lint_completion
"""
FISH = """
source {script}
complete --do-complete {line}
"""


@pytest.fixture
def on_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The shells find the program by its name."""
    program = tmp_path / "bin" / "sidecar-lint"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m sidecar_lint "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join((str(program.parent), os.environ["PATH"])))
    monkeypatch.setenv("HOME", str(tmp_path))


def _script(shell: str, folder: Path) -> Path:
    run = CliRunner().invoke(cli.app, ["completion", shell])
    assert run.exit_code == 0
    path = folder / f"script.{shell}"
    path.write_text(run.stdout)
    return path


def _offered(shell: str, text: str) -> list[str]:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    run = subprocess.run([shell, "-c", text], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    if shell == "zsh":
        inside = run.stdout.partition("((")[2].rpartition("))")[0]
        return [word.partition('":"')[0].strip('"') for word in inside.split('" "')]
    return [line.partition("\t")[0] for line in run.stdout.splitlines()]


@pytest.mark.skipif(os.name == "nt", reason="these shells are for POSIX")
@pytest.mark.usefixtures("on_path")
@pytest.mark.parametrize(("line", "words"), CASES, ids=[line for line, _ in CASES])
@pytest.mark.parametrize(("shell", "form"), [("bash", BASH), ("zsh", ZSH), ("fish", FISH)])
def test_completion(shell: str, form: str, line: str, words: list[str], tmp_path: Path) -> None:
    text = form.format(script=_script(shell, tmp_path), words=line, line=shlex.quote(line))
    offered = _offered(shell, text)
    if words[-1] == "…":
        assert set(offered) > set(words[:-1])
    else:
        assert offered == words


@pytest.mark.parametrize(("line", "words"), CASES, ids=[line for line, _ in CASES])
def test_powershell_is_answered(line: str, words: list[str]) -> None:
    """Without PowerShell itself: its script asks like this."""
    asked = {
        VARIABLE: "complete_powershell",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": line.rsplit(maxsplit=1)[-1],
    }
    run = program.run(Path(), variables=os.environ | asked)
    offered = [answer.partition(":::")[0] for answer in run.stdout.splitlines()]
    assert set(offered) >= set(words) - {"…"}
    assert len(offered) == len(words) or words[-1] == "…"


def test_the_script_of_each_shell_names_the_program() -> None:
    for shell in ("bash", "zsh", "fish", "powershell"):
        script = CliRunner().invoke(cli.app, ["completion", shell]).stdout
        assert VARIABLE in script
        assert "sidecar-lint" in script
    assert CliRunner().invoke(cli.app, ["completion", "tcsh"]).exit_code == 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ""),
        ("x", "x"),
        ("x ", "x "),
        ("x ru", "x ru"),
        ("x rule ", "x rule "),
        ("x --version ", "x --version "),
        ("x --help", "x --help"),
        ("x --ver", "x --ver"),
        ("x -", "x check -"),
        ("x --", "x check --"),
        ("x --select", "x check --select"),
        ("x copilot", "x copilot"),
        ("x copilot --fix", "x check copilot --fix"),
        ("x\n--select\nSL1", "x\ncheck\n--select\nSL1"),
    ],
)
def test_check_is_where_it_may_be_left_out(typed: str, meant: str) -> None:
    assert with_check(typed) == meant


def test_every_code_is_offered_first() -> None:
    from sidecar_lint.commands.shells import rule_words

    assert [word for word, _ in rule_words("")] == [rule.code for rule in load_rules()]
    assert rule_words("SL501") == [("SL501", "unknown-target-container")]
    assert rule_words("a,unknown-target") == [("a,unknown-target-container", "SL501")]
    assert rule_words("nothing") == []
