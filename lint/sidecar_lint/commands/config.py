"""`sidecar-lint config [PATH]`."""

from __future__ import annotations

from typing import Annotated

import typer

from sidecar_lint.door import door


def config(
    path: Annotated[
        str,
        typer.Argument(metavar="[PATH]", show_default=False, help="A file. Nothing: the current folder."),
    ] = "manifest.yml",
    *,
    file: Annotated[
        str | None, typer.Option("--config", metavar="FILE", help="This configuration, not the nearest.")
    ] = None,
) -> None:
    """Show what is in force for a file, and where it is written."""
    with door():
        from sidecar_lint.commands.asking import files
        from sidecar_lint.configuration.showing import show

        typer.echo(show(path, files(file, isolated=False)), nl=False)
