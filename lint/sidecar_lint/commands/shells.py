"""What a shell may offer where the user presses Tab. typer asks us, and talks to the shells.

A shell's script runs the program with `VARIABLE` set, and what is typed so far in variables of its
own: `COMP_WORDS` and `COMP_CWORD` (bash), `_TYPER_COMPLETE_ARGS` (the others).
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Final

from sidecar_lint.commands.arguments import CHECK, COMMANDS

PROGRAM: Final = "sidecar-lint"
VARIABLE: Final = "_SIDECAR_LINT_COMPLETE"
_ONE_LINE: Final = "1000"
_OF_THE_PROGRAM: Final = ("-h", "--help", "--version")


def script(shell: str) -> str:
    """What a shell must read once, so that it asks us."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # as completion_init

    return get_completion_script(prog_name=PROGRAM, complete_var=VARIABLE, shell=shell) + "\n"


def rule_words(incomplete: str) -> list[tuple[str, str]]:
    """Codes and names of rules that go on as the user began, each with the other; after a comma too."""
    from sidecar_lint.rulebook.registry import load_rules

    before, comma, begun = incomplete.rpartition(",")
    codes = [(rule.code, rule.name) for rule in load_rules()]
    words = codes + [(name, code) for code, name in codes] if begun else codes
    return [(f"{before}{comma}{word}", other) for word, other in words if word.startswith(begun)]


def prepare(environment: MutableMapping[str, str]) -> None:
    """Make ready for the shell's question: typer knows the shells, and `check` is where it may be left out."""
    from typer.completion import completion_init  # type: ignore[attr-defined]  # private, and old

    completion_init()
    environment["COLUMNS"] = _ONE_LINE  # typer wraps help, and shells take each line for another word
    for variable in ("COMP_WORDS", "_TYPER_COMPLETE_ARGS"):
        typed = environment.get(variable, "")
        environment[variable] = with_check(typed)
        if variable == "COMP_WORDS" and environment[variable] != typed:
            environment["COMP_CWORD"] = str(int(environment["COMP_CWORD"]) + 1)


def with_check(typed: str) -> str:
    """What is typed, with `check` behind the program's name where that is meant."""
    program, space, rest = re.fullmatch(r"(\S*)(\s*)(.*)", typed, re.DOTALL).groups()  # type: ignore[union-attr]
    first, *others = re.split(r"\s", rest, maxsplit=1)
    if not first or first in COMMANDS or first in _OF_THE_PROGRAM:
        return typed
    ours = first[0] != "-" or (first not in ("-", "--") and "--version".startswith(first))
    return typed if ours and not others else f"{program}{space}{CHECK}{space}{rest}"
