"""The command line: a thin door. What takes time to import is imported where it is needed."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sidecar_lint import __version__
from sidecar_lint.commands import completion, render, rules
from sidecar_lint.completion import VARIABLE, prepare, rule_words
from sidecar_lint.door import FAILED, FOUND, INTERRUPTED, USAGE, door, failure, harmless
from sidecar_lint.finding import Severity
from sidecar_lint.report.formats import Format, report_in, usual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidecar_lint.checking import Fixing
    from sidecar_lint.report.stream import StreamReport
    from sidecar_lint.rule import Rule


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
    if VARIABLE in os.environ:
        prepare(os.environ, [command.name for command in app.registered_commands])
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
    printed: Annotated[
        Format | None,
        typer.Option(
            "--format",
            show_default="text; github on GitHub Actions",
            help="How to print findings.",
        ),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT=FILE", help="Write a report to a file, too. May be given again."),
    ] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Print how often each rule found something instead.")
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULES",
            autocompletion=rule_words,
            help="Only these rules: codes, beginnings of codes, or names, with commas or given again.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="RULES", autocompletion=rule_words, help="All but these rules."),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="The least severity that makes the exit status 1.")
    ] = FailOn.WARNING,
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
    affected: Annotated[
        bool,
        typer.Option(
            "--affected", help="PATHs are files that changed: lint the manifests that they may affect."
        ),
    ] = False,
    show_files: Annotated[
        bool, typer.Option("--show-files", help="List the files that would be linted.")
    ] = False,
) -> None:
    """Lint manifests.

    Exit status: 0 nothing found, 1 findings (see --fail-on), 2 wrong usage, 3 something could not
    be read or loaded.
    """
    with door():
        from sidecar_lint.checking import Checking
        from sidecar_lint.registry import load_rules
        from sidecar_lint.report.output import targets
        from sidecar_lint.report.several import reports
        from sidecar_lint.selection import choose

        files = targets(output or ())
        rules = () if show_files else choose(load_rules(), select or (), ignore or ())
        fixing = _fixing(paths or (), fix=fix, diff=diff, unsafe=unsafe_fixes)
        checking = Checking(paths or (), stdin_filename, rules, fixing, affected=affected)
        if show_files:
            raise typer.Exit(FAILED if checking.show_files(sys.stdout) else 0)
        shown = _shown(printed, rules, quiet=quiet, diff=diff, statistics=statistics)
        with reports(shown, files, rules, quiet=quiet) as report:
            failed = checking.run(report, progress=not quiet)
    if failed:
        raise typer.Exit(FAILED)
    if diff:
        raise typer.Exit(FOUND if report.tally.fixed else 0)
    if fail_on is not FailOn.NEVER and report.tally.reaches(Severity(fail_on.value)):
        raise typer.Exit(FOUND)


def _fixing(paths: Sequence[str], *, fix: bool, diff: bool, unsafe: bool) -> Fixing | None:
    from sidecar_lint.checking import Fixing

    if fix and diff:
        raise failure("--fix changes files and --diff does not: choose one", USAGE)
    if unsafe and not (fix or diff):
        raise failure("--unsafe-fixes goes with --fix or --diff", USAGE)
    if fix and "-" in paths:
        raise failure("standard input cannot be fixed in place: --diff prints the changes", USAGE)
    return Fixing(unsafe, write=fix) if fix or diff else None


def _shown(
    printed: Format | None, rules: Sequence[Rule], *, quiet: bool, diff: bool, statistics: bool
) -> StreamReport:
    """What goes to standard output."""
    if statistics and (diff or printed not in (None, Format.TEXT)):
        raise failure(
            "--statistics prints a table of its own: it goes with neither --diff nor --format", USAGE
        )
    if diff:
        from sidecar_lint.report.diff import DiffReport

        return DiffReport(sys.stdout)
    if statistics:
        from sidecar_lint.report.statistics import StatisticsReport

        return StatisticsReport(sys.stdout, quiet=quiet)
    return report_in(printed or usual(os.environ), sys.stdout, quiet=quiet, rules=rules)


app.command("rule")(rules.rule)
app.command("rules")(rules.rules)
app.command("render")(render.render)
app.command("completion")(completion.completion)
