"""The words of the command line, as far as they can be told apart without typer, which takes long to import."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """What a call of `check` asks for whose options are written out; None for any other.

    This is how hooks, builds and people call it, and typer would say the same.
    """
    command, *words = with_command(arguments)
    if command != CHECK or not all(map(_EXPANDED.isdisjoint, words)):
        return None
    from sidecar_lint.commands.check import VALUES, Options

    defaults = Options._field_defaults
    given: dict[str, list[object]] = {}
    try:
        for name, value in _given(words, defaults):
            made = VALUES[name](str(value)) if name in VALUES else value
            given.setdefault(name, []).append(made)
    except ValueError:
        return None
    several = {name: tuple(values) for name, values in given.items() if defaults[name] == ()}
    return Options(**{name: values[-1] for name, values in given.items()} | several)  # type: ignore[arg-type]


def _given(words: Iterable[str], defaults: Mapping[str, object]) -> Iterator[tuple[str, str | bool]]:
    """The options by the names of their fields, each with its value. Raises ValueError for what is not plain."""
    fields = {f"--{name.replace('_', '-')}": name for name in defaults if name != "paths"} | {"-q": "quiet"}
    waiting = iter(words)
    for word in waiting:
        option, equals, value = word.partition("=")
        name = fields.get(option, "")
        if word[:1] != "-" or word == "-":
            yield "paths", word
        elif name and defaults[name] is False and not equals:
            yield name, True
        elif name and defaults[name] is not False:
            value = value if equals else next(waiting, "")
            if value[:1] in ("", "-"):
                raise ValueError(word)
            yield name, value
        else:
            raise ValueError(word)


def _is_misspelt(word: str) -> bool:
    """Whether a word is no file, and near a command, which is what was meant."""
    if not word.isalpha() or os.path.lexists(word):
        return False
    from sidecar_lint.syntax.nearest import closest

    return closest(word, COMMANDS) is not None
