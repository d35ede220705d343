"""`sidecar-lint completion SHELL`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from sidecar_lint.commands.error_handling import door


class Shell(StrEnum):
    """The shells that can be told."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def completion(
    shell: Annotated[
        Shell, typer.Argument(metavar="SHELL", show_default=False, help="bash, zsh, fish or powershell.")
    ],
) -> None:
    """Print a script that lets a shell complete commands, options and rules."""
    from sidecar_lint.commands.shells import script

    with door():
        sys.stdout.write(script(shell.value))
