"""Options that several commands have."""

from __future__ import annotations

from typing import Annotated

import typer

from sidecar_lint.rulebook.registry import PLUGINS_VARIABLE

ConfigOption = Annotated[
    str | None,
    typer.Option(
        "--config", metavar="FILE", help="This configuration for all files, not the nearest of each."
    ),
]
IsolatedOption = Annotated[bool, typer.Option("--isolated", help="No configuration at all.")]
PluginsOption = Annotated[
    bool,
    typer.Option(
        "--allow-plugins",
        help=f"Load the rules that the configuration names: code of the repository. So does {PLUGINS_VARIABLE}=1.",
    ),
]
