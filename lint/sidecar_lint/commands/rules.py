"""`sidecar-lint rule CODE` and `sidecar-lint rules`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sidecar_lint.address import url_of
from sidecar_lint.commands.door import door, failure
from sidecar_lint.commands.shells import rule_words
from sidecar_lint.escaping import terminal_lines

if TYPE_CHECKING:
    from sidecar_lint.rulebook.rule import Rule


class Listing(StrEnum):
    """How rules are listed."""

    TEXT = "text"
    JSON = "json"


def rule(
    code: Annotated[str, typer.Argument(metavar="CODE", autocompletion=rule_words, help="A code or a name.")],
    *,
    web: Annotated[bool, typer.Option("--web", help="Open its page in the browser instead.")] = False,
) -> None:
    """Explain a rule."""
    from sidecar_lint.pages import explain
    from sidecar_lint.rulebook.selection import named

    with door():
        chosen = named(_rules(), code)
        if web:
            _open(url_of(chosen.name))
        else:
            typer.echo(terminal_lines(explain.page(chosen)), nl=False)


def _open(url: str | None) -> None:
    """Show a page in the browser."""
    import webbrowser

    if url is None:
        raise failure("the pages have no address yet; without --web, the page is printed here")
    if not webbrowser.open(url):
        raise failure(f"no browser could be started; the page is {url}")


def rules(
    *,
    output: Annotated[Listing, typer.Option("--format", help="How to print them.")] = Listing.TEXT,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="RULES", autocompletion=rule_words, help="Only these, as `check` takes them."),
    ] = None,
) -> None:
    """List the rules."""
    from sidecar_lint.pages import explain
    from sidecar_lint.rulebook.selection import choose

    with door():
        chosen = choose(_rules(), select or (), ())
        as_text = output is Listing.TEXT
        typer.echo(terminal_lines(explain.table(chosen)) if as_text else explain.as_json(chosen), nl=False)


def _rules() -> tuple[Rule, ...]:
    """The rules that are known here: those installed, and those of the configuration around."""
    from sidecar_lint.rulebook.registry import load_rules
    from sidecar_lint.workspace.files import Files

    made = Files().configuration("manifest.yml")
    return made.ruleset.all if made else load_rules()
