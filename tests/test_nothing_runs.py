"""Nothing of a repository runs, and no other program is started: what the modules of the linter never use."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hostile import build
from lsp_client import running

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
MODULES = [
    path.relative_to(ROOT).as_posix() for top in ("lint", "rules") for path in (ROOT / top).rglob("*.py")
]

#: Modules that start programs, or take a text for one.
FORBIDDEN = {
    "_posixsubprocess",
    "antigravity",
    "cffi",
    "code",
    "codeop",
    "ctypes",
    "dulwich",
    "git",
    "marshal",
}
FORBIDDEN |= {
    "multiprocessing",
    "nt",
    "pdb",
    "pexpect",
    "pickle",
    "posix",
    "pty",
    "runpy",
    "shelve",
    "subprocess",
}
FORBIDDEN |= {"webbrowser", "concurrent.futures.ProcessPoolExecutor", "concurrent.futures.process"}
FORBIDDEN |= {"asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "asyncio.subprocess"}
FORBIDDEN |= {
    "typer.launch",
    "click.launch",
    "click.edit",
    "builtins.eval",
    "builtins.exec",
    "builtins.compile",
}
#: Those of `os`, by how their names begin.
OF_OS = ("exec", "fork", "popen", "posix_spawn", "spawn", "startfile", "system")
#: What a module may import by a name that is not written in it: rules, which the user installed or allowed.
BY_NAME = {
    "builtins.__import__",
    "importlib.import_module",
    "importlib.machinery.SourceFileLoader",
    "importlib.util.spec_from_file_location",
}

#: Where one of these is used, and why nothing of a repository gets there.
EXCEPTIONS = {
    "lint/sidecar_lint/__init__.py": {"importlib.import_module"},  # names from a table of its own
    "lint/sidecar_lint/commands/jobs.py": {"multiprocessing"},  # copies of this very process
    "lint/sidecar_lint/commands/rules.py": {"webbrowser"},  # --web: an address of our own table
    "lint/sidecar_lint/manifests/schemas.py": {"importlib.import_module"},  # a validator of ours, by its kind
    "lint/sidecar_lint/report/formats.py": {"importlib.import_module"},  # names from a table of its own
    # installed rules, and allowed ones
    "lint/sidecar_lint/rulebook/registry.py": {
        "importlib.import_module",
        "importlib.machinery.SourceFileLoader",
    },
}


def used(text: str) -> set[str]:
    """The full names of the modules, and of what is in them, that a module imports or uses."""
    nodes = list(ast.walk(ast.parse(text)))
    imported = [pair for node in nodes for pair in _imported(node)]
    known = {name: f"builtins.{name}" for name in ("eval", "exec", "compile", "__import__")} | dict(imported)
    return {full for _, full in imported} | {name for node in nodes if (name := _name(node, known))}


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The names that an import makes, and what each of them stands for."""
    if isinstance(node, ast.ImportFrom):
        yield from ((each.asname or each.name, f"{node.module}.{each.name}") for each in node.names)
    elif isinstance(node, ast.Import):
        for each in node.names:
            top = each.name.partition(".")[0]
            yield (each.asname, each.name) if each.asname else (top, top)
            yield each.name, each.name


def _name(node: ast.AST, known: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Attribute) and (owner := _name(node.value, known)):
        return f"{owner}.{node.attr}"
    return None


def forbidden(text: str) -> set[str]:
    """What of it starts programs or runs texts; `os.*` by the name alone."""
    found = set()
    for name in used(text):
        parts = name.split(".")
        beginnings = {".".join(parts[: end + 1]) for end in range(len(parts))}
        found |= beginnings & (FORBIDDEN | BY_NAME)
        if parts[0] == "os" and len(parts) > 1 and parts[1].startswith(OF_OS):
            found.add(f"os.{parts[1]}")
    return found


def test_no_module_starts_a_program() -> None:
    found = {path: forbidden((ROOT / path).read_text("utf-8")) for path in MODULES}
    assert {path: names for path, names in found.items() if names} == EXCEPTIONS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import subprocess", {"subprocess"}),
        ("def f():\n    from subprocess import run as walk\n    walk()", {"subprocess"}),
        ("import os.path as p, os as o\no.system('x')", {"os.system"}),
        ("from os import execvp", {"os.execvp"}),
        ("import os\nstart = os.posix_spawn", {"os.posix_spawn"}),
        ("import asyncio\nasyncio.create_subprocess_exec('x')", {"asyncio.create_subprocess_exec"}),
        ("from concurrent.futures import ProcessPoolExecutor", {"concurrent.futures.ProcessPoolExecutor"}),
        ("import multiprocessing.pool", {"multiprocessing"}),
        ("eval('1')", {"builtins.eval"}),
        ("__import__('os').system('x')", {"builtins.__import__"}),
        ("import importlib\nimportlib.import_module(x)", {"importlib.import_module"}),
        ("import os, re\nre.compile('x'); os.path.exists('x'); system = 1", set()),
    ],
)
def test_what_starts_one_is_noticed(text: str, found: set[str]) -> None:
    assert forbidden(text) == found


#: What the interpreter itself tells of each program that is started.
EVENTS = {
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "pty.spawn",
}
EVENTS |= {"subprocess.Popen", "webbrowser.open", "ctypes.dlopen"}
MANIFEST = "copilot/api/manifest.yml"
COMMANDS = [
    ["check"],
    ["check", ".", "--format", "sarif"],
    ["check", "-", "--stdin-filename", MANIFEST],
    ["check", "--fix", "--unsafe-fixes"],
    ["check", "--add-ignores", "because"],
    ["check", "--affected", MANIFEST, "lint/marker.py", ".gitignore"],
    ["check", "--write-baseline", "known.json"],
    ["check", "--config", ".sidecar-lint.yml"],
    ["config"],
    ["rules"],
    ["rule", "SL001"],
    ["render", MANIFEST, "--env", "test"],
    ["completion", "bash"],
]
#: Runs commands in the current folder, and prints what was started and which modules came from there.
PROGRAM = f"""
import json, os, sys
started = []
sys.addaudithook(lambda event, arguments: started.append(event) if event in {EVENTS} else None)
from typer.testing import CliRunner
from sidecar_lint.commands import cli
for command in json.loads(sys.argv[1]):
    result = CliRunner().invoke(cli.app, command, prog_name="sidecar-lint", input="name: api")
    if result.exit_code not in (0, 1, 3):
        started.append([command, result.exit_code, result.output])
files = (getattr(module, "__file__", None) or "" for module in list(sys.modules.values()))
print(json.dumps([started, [file for file in files if file.startswith(os.getcwd() + os.sep)]]))
"""


def _copy(folder: Path) -> Path:
    return build(folder).root


def test_no_command_runs_anything_of_a_hostile_repository(tmp_path: Path) -> None:
    project = _copy(tmp_path)
    environment = {name: value for name, value in os.environ.items() if name != "SIDECAR_LINT_ALLOW_PLUGINS"}
    run = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, json.dumps(COMMANDS)],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == [[], []]
    assert [path for path in tmp_path.rglob("*marker") if path.is_file()] == []


#: The server, which tells a file of what it starts.
SERVER = f"""
import sys
log = open(sys.argv.pop(1), "w", buffering=1)
sys.addaudithook(lambda event, arguments: log.write(event) if event in {EVENTS} else None)
from sidecar_lint.commands.main import main
main()
"""


def test_the_server_runs_nothing_of_it(tmp_path: Path) -> None:
    project, log = _copy(tmp_path), tmp_path / "log"
    with running(project, sys.executable, "-P", "-c", SERVER, str(log), "server") as client:
        client.initialize()
        client.open(MANIFEST, (project / MANIFEST).read_text())
        client.open(".sidecar-lint.yml", (project / ".sidecar-lint.yml").read_text())
        codes = {each["code"] for each in client.pushed(".sidecar-lint.yml", 1)}
        assert {"SL036"} <= codes <= {"SL036", "SL037", "SL035"}
        client.request("workspace/executeCommand", {"command": "sidecarLint.lintWorkspace", "arguments": []})
        assert client.stop() == 0
    assert log.read_text() == ""
    assert [path for path in tmp_path.rglob("*marker") if path.is_file()] == []


def test_the_current_folder_is_no_place_where_rules_are_installed(tmp_path: Path) -> None:
    project = _copy(tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "sidecar_lint", "rules"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "OWN101" not in run.stdout
    assert run.returncode == 0
    assert not (project / "marker").exists()
