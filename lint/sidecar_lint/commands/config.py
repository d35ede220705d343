"""`sidecar-lint config [PATH]`."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from sidecar_lint.commands.configured_files import files
from sidecar_lint.commands.error_handling import door, failure
from sidecar_lint.commands.options import ConfigOption, IsolatedOption, PluginsOption
from sidecar_lint.layout import columns_of


def config(
    path: Annotated[
        str,
        typer.Argument(
            metavar="[PATH]", show_default=False, help="A file or a folder. Nothing: the current one."
        ),
    ] = ".",
    *,
    file: ConfigOption = None,
    isolated: IsolatedOption = False,
    allow_plugins: PluginsOption = False,
) -> None:
    """Show what is in force for a file, and where it is written."""
    with door():
        from sidecar_lint.effective_configuration.show import show

        if not os.path.exists(path):
            raise failure("there is no such file or folder", file=path)
        # A folder has what is in force for a manifest in it.
        named = os.path.join(path, "manifest.yml") if os.path.isdir(path) else path
        around = files(file, [named], isolated=isolated, allow_plugins=allow_plugins)
        sys.stdout.write(show(os.path.normpath(named), around, columns_of(sys.stdout)))
