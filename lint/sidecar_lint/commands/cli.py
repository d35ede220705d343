"""All commands and their options, as typer reads them."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Final

import typer
from typer._click.exceptions import ClickException  # it has no public name in every release

from sidecar_lint import __version__
from sidecar_lint.commands import check as checking
from sidecar_lint.commands import completion, leave, render
from sidecar_lint.commands import config as configuring
from sidecar_lint.commands import rules as rules_commands
from sidecar_lint.commands import server as serving
from sidecar_lint.commands.arguments import with_command
from sidecar_lint.commands.check import FailOn
from sidecar_lint.commands.error_handling import refuse
from sidecar_lint.commands.help import GroupedCommand
from sidecar_lint.commands.options import ConfigOption, IsolatedOption, PluginsOption
from sidecar_lint.commands.shells import VARIABLE, prepare, rule_words
from sidecar_lint.report.color import Color
from sidecar_lint.report.formats import Format

#: Groups of options in the help of `check`.
_FILES: Final = "Which files"
_RULES: Final = "Rules and exit status"
_REPORT: Final = "Report"
_CHANGES: Final = "Fixes"
_KNOWN: Final = "Known findings"

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`check` may be left out: `sidecar-lint PATH…` lints. `sidecar-lint check --help` lists its options.",
)


def run(arguments: list[str]) -> int:
    """Run the command that is named, or answer a shell, and give the exit status."""
    if VARIABLE in os.environ:
        prepare(os.environ)
    sys.argv[1:] = with_command(arguments)
    try:
        return app(prog_name="sidecar-lint", standalone_mode=False) or 0
    except ClickException as error:
        return refuse(error)


def _version(wanted: bool) -> None:  # noqa: FBT001  typer calls it so
    if wanted:
        sys.stdout.write(f"sidecar-lint {__version__}\n")
        raise SystemExit


@app.callback()
def _program(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Find out what is wrong with AWS Copilot manifests before anything is built."""


@app.command("check", cls=GroupedCommand)
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
    printed: Annotated[
        Format | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            show_default="text; github on GitHub Actions, agent for coding assistants",
            help=f"How to print findings: {', '.join(Format)}.",
            rich_help_panel=_REPORT,
        ),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT=FILE",
            help="Write a report to a file, too. May be given again.",
            rich_help_panel=_REPORT,
        ),
    ] = None,
    color: Annotated[
        Color,
        typer.Option(
            help="When the text has colours; auto: on a terminal, and as NO_COLOR and its like say.",
            rich_help_panel=_REPORT,
        ),
    ] = Color.AUTO,
    statistics: Annotated[
        bool,
        typer.Option(
            "--statistics", help="Print how often each rule found something instead.", rich_help_panel=_REPORT
        ),
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULES",
            autocompletion=rule_words,
            help="Only these rules: codes, beginnings of codes, or names, with commas or given again.",
            rich_help_panel=_RULES,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULES", autocompletion=rule_words, help="All but these rules.", rich_help_panel=_RULES
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            help="The least severity that makes the exit status 1.",
            show_default="warning",
            rich_help_panel=_RULES,
        ),
    ] = None,
    exit_zero: Annotated[
        bool,
        typer.Option(
            "--exit-zero", help="The same as --fail-on never: findings fail nothing.", rich_help_panel=_RULES
        ),
    ] = False,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    allow_plugins: PluginsOption = False,
    force_exclude: Annotated[
        bool,
        typer.Option(
            "--force-exclude",
            help="What is excluded is left out even where it is named.",
            rich_help_panel=_FILES,
        ),
    ] = False,
    baseline: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Report nothing that this baseline has.", rich_help_panel=_KNOWN),
    ] = None,
    write_baseline: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write all there is into a baseline.", rich_help_panel=_KNOWN),
    ] = None,
    add_ignores: Annotated[
        str | None,
        typer.Option(
            metavar="REASON",
            help="Write comments that suppress all there is, for this reason.",
            rich_help_panel=_KNOWN,
        ),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Put right what has a safe fix.", rich_help_panel=_CHANGES)
    ] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes",
            help="With --fix or --diff: the fixes that may not be meant, too.",
            rich_help_panel=_CHANGES,
        ),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff", help="Print what --fix would change, and change nothing.", rich_help_panel=_CHANGES
        ),
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet",
            "-q",
            help="Leave out information, unless it fails, and the summary.",
            rich_help_panel=_REPORT,
        ),
    ] = False,
    stdin_filename: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="What to call standard input.",
            show_default="<stdin>",
            rich_help_panel=_FILES,
        ),
    ] = None,
    affected: Annotated[
        bool,
        typer.Option(
            "--affected",
            help="PATHs are files that changed: lint the manifests that they may affect.",
            rich_help_panel=_FILES,
        ),
    ] = False,
    show_files: Annotated[
        bool,
        typer.Option(
            "--show-files",
            help="List the files that would be linted; what belongs to them is linted with them.",
            rich_help_panel=_FILES,
        ),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="Lint again whenever a file changes.", rich_help_panel=_REPORT),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Lint in so many processes.",
            show_default="what is worth it for the files",
            rich_help_panel=_FILES,
        ),
    ] = None,
) -> None:
    """Lint manifests.

    Exit status: 0 nothing found, 1 findings (see --fail-on), 2 wrong usage or a mistake in a
    configuration, 3 something could not be read or loaded.
    """
    raise SystemExit(
        checking.check(
            checking.Options(
                paths=tuple(paths or ()),
                format=printed,
                output=tuple(output or ()),
                color=color,
                statistics=statistics,
                select=tuple(select or ()),
                ignore=tuple(ignore or ()),
                fail_on=fail_on,
                exit_zero=exit_zero,
                config=config,
                isolated=isolated,
                allow_plugins=allow_plugins,
                force_exclude=force_exclude,
                baseline=baseline,
                write_baseline=write_baseline,
                add_ignores=add_ignores,
                fix=fix,
                unsafe_fixes=unsafe_fixes,
                diff=diff,
                quiet=quiet,
                stdin_filename=stdin_filename,
                affected=affected,
                show_files=show_files,
                watch=watch,
                jobs=jobs,
            )
        )
    )


app.command("rule")(rules_commands.rule)
app.command("rules")(rules_commands.rules)
app.command("render", short_help="Print what an environment gets, or what Copilot makes of it.")(
    render.render
)
app.command("leave", short_help="Say what it takes to leave Copilot.")(leave.leave)
app.command("server", short_help="Speak the Language Server Protocol, to an editor.")(serving.server)
app.command("config")(configuring.config)
app.command("completion", short_help="Print a script for completion in a shell.")(completion.completion)
