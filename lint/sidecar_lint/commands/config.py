"""`sidecar-lint config [PATH]`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from sidecar_lint.commands.door import door


def config(
    path: Annotated[
        str,
        typer.Argument(
            metavar="[PATH]", show_default=False, help="A file or a folder. Nothing: the current one."
        ),
    ] = ".",
    *,
    file: Annotated[
        str | None, typer.Option("--config", metavar="FILE", help="This configuration, not the nearest.")
    ] = None,
) -> None:
    """Show what is in force for a file, and where it is written."""
    with door():
        from sidecar_lint.commands.asking import files
        from sidecar_lint.configuration.showing import show

        # A folder has what is in force for a manifest in it.
        named = os.path.join(path, "manifest.yml") if os.path.isdir(path) else path
        typer.echo(show(os.path.normpath(named), files(file, isolated=False)), nl=False)
