"""The words of the command line, as far as they can be told apart without typer, which takes long to import."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sidecar_lint.commands.check import Options

CHECK: Final = "check"
#: The names of all commands.
COMMANDS: Final = (CHECK, "rule", "rules", "render", "leave", "server", "config", "completion")
#: What on Windows, where no shell does it, makes other words of a word.
_EXPANDED: Final = frozenset("*?[~$%")


def with_command(arguments: Sequence[str]) -> list[str]:
    """The arguments with `check` in front, unless they begin with a command or ask about the program."""
    if arguments and arguments[0] in (*COMMANDS, "-h", "--help", "--version"):
        return list(arguments)
    if arguments and _is_misspelt(arguments[0]):
        return list(arguments)  # typer knows what is near
    return [CHECK, *arguments]


def plain_check(arguments: Sequence[str]) -> Options | None:
    """What a call of `check` asks for that has only paths and options without values; None for any other.

    This is how hooks and people call it, and typer would say the same.
    """
    command, *words = with_command(arguments)
    if command != CHECK:
        return None
    from sidecar_lint.commands.check import Options

    switches = {
        f"--{name.replace('_', '-')}": name
        for name, value in Options._field_defaults.items()
        if value is False
    }
    switches["-q"] = "quiet"
    paths = tuple(word for word in words if word not in switches)
    if any((path[:1] == "-" and path != "-") or not _EXPANDED.isdisjoint(path) for path in paths):
        return None
    return Options(paths, **{switches[word]: True for word in words if word in switches})  # type: ignore[arg-type]


def _is_misspelt(word: str) -> bool:
    """Whether a word is no file, and near a command, which is what was meant."""
    if not word.isalpha() or os.path.lexists(word):
        return False
    from sidecar_lint.syntax.nearest import closest

    return closest(word, COMMANDS) is not None
