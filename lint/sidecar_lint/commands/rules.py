"""`sidecar-lint rule CODE` and `sidecar-lint rules`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sidecar_lint.door import door

if TYPE_CHECKING:
    from sidecar_lint.rule import Rule


class Listing(StrEnum):
    """How rules are listed."""

    TEXT = "text"
    JSON = "json"


def rule(code: Annotated[str, typer.Argument(metavar="CODE", help="A code or a name.")]) -> None:
    """Explain a rule."""
    from sidecar_lint import explain
    from sidecar_lint.selection import named

    with door():
        typer.echo(explain.page(named(_rules(), code)), nl=False)


def rules(
    output: Annotated[Listing, typer.Option("--format", help="How to print them.")] = Listing.TEXT,
) -> None:
    """List the rules."""
    from sidecar_lint import explain

    with door():
        show = explain.as_json if output is Listing.JSON else explain.table
        typer.echo(show(_rules()), nl=False)


def _rules() -> tuple[Rule, ...]:
    from sidecar_lint.registry import load_rules

    return load_rules()
