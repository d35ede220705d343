"""The command line: a thin door. What takes time to import is imported where it is needed."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sidecar_lint import __version__
from sidecar_lint.commands import config as configuring
from sidecar_lint.commands import render, rules, server
from sidecar_lint.door import FAILED, FOUND, INTERRUPTED, USAGE, door, harmless

if TYPE_CHECKING:
    from sidecar_lint.report.diff import DiffReport
    from sidecar_lint.report.json import JsonReport
    from sidecar_lint.report.text import TextReport


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    """The least severity that makes the exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`check` may be left out: `sidecar-lint PATH…` lints. `sidecar-lint check --help` lists its options.",
)


def main() -> None:
    """Run the program: `check` where no command is named."""
    harmless(sys.stdout, sys.stderr)
    sys.argv[1:] = with_command(sys.argv[1:])
    try:
        app(prog_name="sidecar-lint")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def with_command(arguments: list[str]) -> list[str]:
    """The arguments with `check` in front, unless they begin with a command or ask about the program."""
    commands = {command.name for command in app.registered_commands}
    if arguments and (arguments[0] in commands or arguments[0] in ("-h", "--help", "--version")):
        return arguments
    return ["check", *arguments]


def _version(wanted: bool) -> None:  # noqa: FBT001  typer calls it so
    if wanted:
        typer.echo(f"sidecar-lint {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Find out what is wrong with AWS Copilot manifests before anything is built."""


@app.command("check")
def check(  # noqa: PLR0913  one parameter an option
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH…",
            show_default=False,
            help="Manifests or folders, or - for standard input. Nothing: the workspace around the current folder.",
        ),
    ] = None,
    *,
    output: Annotated[Format, typer.Option("--format", help="How to print findings.")] = Format.TEXT,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULES",
            help="Only these rules: codes, beginnings of codes, or names, with commas or given again.",
        ),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULES", help="All but these rules.")] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(help="The least severity that makes the exit status 1.", show_default="warning"),
    ] = None,
    config: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="This configuration for all files, not the nearest of each."),
    ] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="No configuration at all.")] = False,
    force_exclude: Annotated[
        bool,
        typer.Option("--force-exclude", help="What is excluded is left out even where it is named."),
    ] = False,
    baseline: Annotated[
        str | None, typer.Option(metavar="FILE", help="Report nothing that this baseline has.")
    ] = None,
    write_baseline: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write all there is into a baseline.")
    ] = None,
    add_ignores: Annotated[
        str | None,
        typer.Option(metavar="REASON", help="Write comments that suppress all there is, for this reason."),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Put right what has a safe fix.")] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option("--unsafe-fixes", help="With --fix or --diff: the fixes that may not be meant, too."),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Print what --fix would change, and change nothing.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print errors and warnings only, and no summary.")
    ] = False,
    stdin_filename: Annotated[
        str, typer.Option(metavar="PATH", help="What to call standard input.")
    ] = "<stdin>",
    show_files: Annotated[
        bool, typer.Option("--show-files", help="List the files that would be linted.")
    ] = False,
) -> None:
    """Lint manifests.

    Exit status: 0 nothing found, 1 findings (see --fail-on), 2 wrong usage or a mistake in a
    configuration, 3 something could not be read or loaded.
    """
    with door():
        from sidecar_lint.checking import Checking
        from sidecar_lint.commands.asking import changing, configurations, files, rewriting

        named = paths or ()
        change = changing(named, fix=fix, diff=diff, unsafe=unsafe_fixes, ignoring=add_ignores)
        baselined = rewriting(write_baseline, change, baseline)
        force = configurations(select or (), ignore or (), fail_on, baseline, fresh=baselined is not None)
        around = files(config, isolated=isolated)
        checking = Checking(named, stdin_filename, force, around, change, force_exclude=force_exclude)
        if show_files:
            raise typer.Exit(FAILED if checking.show_files(sys.stdout) else 0)
        report = baselined or _report(output, quiet=quiet, diff=diff)
        outcome = checking.run(report, progress=not quiet)
    if outcome.failed:
        raise typer.Exit(FAILED)
    if baselined:
        raise typer.Exit
    if outcome.misconfigured:
        raise typer.Exit(USAGE)
    if report.tally.fixed if diff else report.tally.fails:
        raise typer.Exit(FOUND)


def _report(output: Format, *, quiet: bool, diff: bool) -> DiffReport | JsonReport | TextReport:
    if diff:
        from sidecar_lint.report.diff import DiffReport

        return DiffReport(sys.stdout)
    if output is Format.JSON:
        from sidecar_lint.report.json import JsonReport

        return JsonReport(sys.stdout)
    from sidecar_lint.report.text import TextReport

    return TextReport(sys.stdout, quiet=quiet)


app.command("rule")(rules.rule)
app.command("rules")(rules.rules)
app.command("render")(render.render)
app.command("server")(server.server)
app.command("config")(configuring.config)
