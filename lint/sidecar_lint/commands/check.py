"""`sidecar-lint check`, whoever has read its options."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidecar_lint.commands.configured_files import files
from sidecar_lint.commands.error_handling import door, failure
from sidecar_lint.exit_status import FAILED, FOUND, USAGE
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.report.color import Color
from sidecar_lint.report.formats import Format

if TYPE_CHECKING:
    from sidecar_lint.workspace.files import Files


#: What one search for garbage leaves is kept to the end of a run, nearly all: it is searched again after so many.
_SEARCHES: Final = 40


class FailOn(StrEnum):
    """The least severity that makes the exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


class Options(NamedTuple):
    """What the user asks `check` for; each field is the option of that name."""

    paths: tuple[str, ...] = ()
    format: Format | None = None
    output: tuple[str, ...] = ()
    color: Color = Color.AUTO
    statistics: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    exit_zero: bool = False
    config: str | None = None
    isolated: bool = False
    allow_plugins: bool = False
    force_exclude: bool = False
    baseline: str | None = None
    write_baseline: str | None = None
    add_ignores: str | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    quiet: bool = False
    stdin_filename: str | None = None
    affected: bool = False
    show_files: bool = False
    watch: bool = False
    jobs: int | None = None


def number_of_jobs(word: str) -> int:
    """How many processes a word asks for. Raises ValueError where it is no number, or less than one."""
    number = int(word)
    if number < 1:
        raise ValueError(word)
    return number


#: What the value of an option is made with, where it is not any text; each raises ValueError.
VALUES: Final[Mapping[str, Callable[[str], object]]] = {
    "format": Format,
    "color": Color,
    "fail_on": FailOn,
    "jobs": number_of_jobs,
}


def check(asked: Options) -> int:
    """Lint, and give the exit status. What is wrong with the options ends the program."""
    with door():
        from sidecar_lint.commands import check_options

        called = check_options.stdin_name(asked.paths, asked.stdin_filename)
        places = [called if path == "-" else path for path in asked.paths]
        around = files(
            asked.config,
            places,
            isolated=asked.isolated,
            allow_plugins=asked.allow_plugins,
            at_rest=not asked.watch,
        )
        if not asked.watch:
            gc.set_threshold(gc.get_threshold()[0], _SEARCHES)
            return _lint(asked, called, around)
        _refuse_watching(asked)
        from sidecar_lint.commands.watching import watch

        return watch(around, lambda: _lint(asked, called, around))


def _lint(asked: Options, called: str, around: Files) -> int:
    """Lint once. Standard input is `called` so."""
    from sidecar_lint.commands import check_options
    from sidecar_lint.commands.checking import Checking
    from sidecar_lint.report.output import targets
    from sidecar_lint.report.reporter import reports

    named, wanted = asked.paths, targets(asked.output)
    change = check_options.changing(
        named, fix=asked.fix, diff=asked.diff, unsafe=asked.unsafe_fixes, ignoring=asked.add_ignores
    )
    fresh = check_options.rewriting(asked.write_baseline, change, asked.baseline)
    least = check_options.failing(asked.fail_on, exit_zero=asked.exit_zero)
    force = check_options.configurations(
        asked.select, asked.ignore, least, asked.baseline, fresh=fresh is not None
    )
    instead = bool(asked.diff or asked.statistics or asked.show_files or fresh)
    printed = check_options.printing(asked.format, instead=instead)
    change = check_options.trying(change, {printed, *(target.format for target in wanted)})
    checking = Checking(
        named,
        called,
        force,
        around,
        change,
        affected=asked.affected,
        force_exclude=asked.force_exclude,
        jobs=1 if asked.watch else asked.jobs,
    )
    if asked.show_files:
        return FAILED if checking.show_files(sys.stdout) else 0
    rules = checking.rules
    stdout = fresh or check_options.shown(
        printed,
        rules,
        quiet=asked.quiet,
        diff=asked.diff,
        statistics=asked.statistics,
        color=asked.color,
    )
    with reports(stdout, wanted, rules, quiet=asked.quiet) as report:
        outcome = checking.run(report, progress=not asked.quiet)
    if outcome.failed:
        return FAILED
    if fresh:
        return 0
    if outcome.misconfigured:
        return USAGE
    return FOUND if (report.tally.fixed if asked.diff else report.tally.fails) else 0


def _refuse_watching(asked: Options) -> None:
    """Refuse what cannot be done again and again: to change files, and to read standard input."""
    others = ("fix", "diff", "add_ignores", "write_baseline", "show_files")
    given = next((name for name in others if getattr(asked, name) not in (None, False)), None)
    if given:
        raise failure(f"--watch only reports: it does not go with --{given.replace('_', '-')}", USAGE)
    if "-" in asked.paths:
        raise failure("standard input cannot be watched: name a file", USAGE)
