"""Nothing of a repository runs, and no other program is started: what the modules of the linter never use."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

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
BY_NAME = {"builtins.__import__", "importlib.import_module", "importlib.util.spec_from_file_location"}

#: Where one of these is used, and why nothing of a repository gets there. The module behind worker
#: processes of this interpreter joins with `multiprocessing`, once there is one.
EXCEPTIONS = {
    "lint/sidecar_lint/__init__.py": {"importlib.import_module"},  # names from a table of its own
    "lint/sidecar_lint/commands/rules.py": {"webbrowser"},  # --web: an address of our own table
    "lint/sidecar_lint/report/formats.py": {"importlib.import_module"},  # names from a table of its own
    "lint/sidecar_lint/rulebook/registry.py": BY_NAME
    - {"builtins.__import__"},  # installed rules, and allowed ones
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
