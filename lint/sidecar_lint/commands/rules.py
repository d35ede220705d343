"""`sidecar-lint rule CODE` and `sidecar-lint rules`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sidecar_lint.address import url_of
from sidecar_lint.commands.configured_files import files
from sidecar_lint.commands.error_handling import door, failure
from sidecar_lint.commands.options import ConfigOption, IsolatedOption, PluginsOption
from sidecar_lint.commands.shells import rule_words
from sidecar_lint.escaping import terminal_lines
from sidecar_lint.exit_status import USAGE
from sidecar_lint.layout import columns_of
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.rulebook.rule import Rule
    from sidecar_lint.workspace.files import Files


class ListingFormat(StrEnum):
    """How rules are listed."""

    TEXT = "text"
    JSON = "json"


def rule(
    code: Annotated[str, typer.Argument(metavar="CODE", autocompletion=rule_words, help="A code or a name.")],
    *,
    web: Annotated[bool, typer.Option("--web", help="Open its page in the browser instead.")] = False,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    allow_plugins: PluginsOption = False,
) -> None:
    """Explain a rule."""
    from sidecar_lint.pages import explain

    with door():
        around = files(config, isolated=isolated, allow_plugins=allow_plugins)
        chosen = _known(around).named(code)
        if web:
            _open(url_of(chosen.name))
        else:
            sys.stdout.write(terminal_lines(explain.page(chosen, columns_of(sys.stdout))))


def _open(url: str | None) -> None:
    """Show a page in the browser."""
    import webbrowser

    if url is None:
        raise failure("the pages have no address yet; without --web, the page is printed here")
    if not webbrowser.open(url):
        raise failure(f"no browser could be started; the page is {url}")


def rules(  # noqa: PLR0913  the options of the command
    *,
    output: Annotated[
        ListingFormat, typer.Option("--format", help="How to print them.")
    ] = ListingFormat.TEXT,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="RULES", autocompletion=rule_words, help="Only these, as `check` takes them."),
    ] = None,
    dates: Annotated[
        bool, typer.Option("--dates", help="List what comes to an end instead, and when, as rules take it.")
    ] = False,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    allow_plugins: PluginsOption = False,
) -> None:
    """List the rules."""
    from sidecar_lint.pages import explain
    from sidecar_lint.rulebook.selection import choose

    with door():
        around = files(config, isolated=isolated, allow_plugins=allow_plugins)
        if dates:
            sys.stdout.write(terminal_lines(_dates(around, output)))
            return
        known = _known(around)
        chosen = choose(known.rules, select or (), (), all_known=known.are_all)
        as_text = output is ListingFormat.TEXT
        sys.stdout.write(
            terminal_lines(explain.table(chosen, columns_of(sys.stdout)))
            if as_text
            else explain.as_json(chosen)
        )


def _dates(around: Files, output: ListingFormat) -> str:
    """What ends, and when, with the days that the configuration has."""
    from sidecar_lint.dates import Calendar
    from sidecar_lint.pages import dates

    made = around.configuration("manifest.yml")
    calendar = Calendar(own=dict(made.dates) if made else {})
    return (
        dates.table(calendar, columns_of(sys.stdout))
        if output is ListingFormat.TEXT
        else dates.as_json(calendar)
    )


class _KnownRules(NamedTuple):
    """The rules that are known here, and whether those are all that the configuration names."""

    rules: Sequence[Rule]
    are_all: bool = True

    def named(self, word: str) -> Rule:
        """The rule of a code or a name. Raises UnknownRule where there surely is none."""
        from sidecar_lint.rulebook.selection import UnknownRule, named

        try:
            return named(self.rules, word)
        except UnknownRule:
            if self.are_all:
                raise
            raise failure(f"{word!r} is none of the rules that are loaded", USAGE) from None


def _known(around: Files) -> _KnownRules:
    """The rules that are installed, and those of the configuration around; why some of those are missing is said."""
    from sidecar_lint.linting.configuration_mistakes import missing_rules
    from sidecar_lint.report.stderr import complain
    from sidecar_lint.rulebook.registry import load_rules
    from sidecar_lint.rulebook.ruleset import ruleset_of

    made = around.configuration("manifest.yml")
    if made is None:
        return _KnownRules(load_rules())
    if made.unread:
        complain(f"cannot read it: {made.unread.text}", made.path)
    for mistake in missing_rules(made):
        complain("; ".join(filter(None, (mistake.message, mistake.help))), made.line(mistake.span))
    found = ruleset_of(made)
    return _KnownRules(found.all, found.is_whole)
