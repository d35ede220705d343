"""What the options of `check` ask for, made into what does it. Options that contradict end the program."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sidecar_lint.commands.error_handling import failure
from sidecar_lint.dates import TODAY, read_date
from sidecar_lint.effective_configuration.configurations import CommandLineOverrides, Configurations
from sidecar_lint.exit_status import USAGE
from sidecar_lint.files.reading import LARGEST_BASELINE, Unread
from sidecar_lint.report.color import Color
from sidecar_lint.report.formats import FORMAT_VARIABLE, WITH_FIXES, Format, assistant, report_in, usual
from sidecar_lint.report.stderr import complain
from sidecar_lint.workspace.files import Files

if TYPE_CHECKING:
    from sidecar_lint.commands.changing import Change
    from sidecar_lint.linting.baseline import Baseline
    from sidecar_lint.report.baseline import BaselineReport
    from sidecar_lint.report.stream import StreamReport
    from sidecar_lint.rulebook.rule import Rule


def changing(
    paths: Sequence[str], *, fix: bool, diff: bool, unsafe: bool, ignoring: str | None
) -> Change | None:
    """What to do with findings besides reporting them."""
    if fix and diff:
        raise failure("--fix changes files and --diff does not: choose one", USAGE)
    if unsafe and not (fix or diff):
        raise failure("--unsafe-fixes goes with --fix or --diff", USAGE)
    if ignoring is not None and (fix or diff):
        raise failure("--add-ignores goes with neither --fix nor --diff", USAGE)
    if ignoring is not None and os.path.lexists(ignoring):
        kind = "folder" if os.path.isdir(ignoring) else "file"
        message = (
            f"--add-ignores takes a reason, and {ignoring!r} is a {kind}: --add-ignores 'known, see OPS-17'"
        )
        raise failure(message, USAGE)
    if "-" in paths and (fix or ignoring is not None):
        raise failure("standard input cannot be changed in place: --diff prints what --fix would do", USAGE)
    if ignoring is None and not (fix or diff):
        return None
    from sidecar_lint.commands.changing import Fixing, Ignoring

    return Fixing(unsafe, write=fix) if ignoring is None else Ignoring(ignoring)


def failing(fail_on: str | None, *, exit_zero: bool) -> str | None:
    """The least severity that fails a run, by either option; None where none is given."""
    if exit_zero and fail_on not in (None, "never"):
        raise failure(f"--exit-zero is --fail-on never, not --fail-on {fail_on}: choose one", USAGE)
    return "never" if exit_zero else fail_on


def printing(asked: Format | None, *, instead: bool) -> Format | None:
    """The format to print: the one that is asked for, or that of the environment.

    `instead` of a report something else is printed: then nothing is chosen.
    """
    if asked or instead:
        return asked
    if named := os.environ.get(FORMAT_VARIABLE):
        if named not in list(Format):
            raise failure(f"{FORMAT_VARIABLE} is {named!r}: there are {', '.join(Format)}", USAGE)
        return Format(named)
    chosen = usual(os.environ)
    if chosen is Format.AGENT:
        complain(f"{assistant(os.environ)} is set: --format agent; {FORMAT_VARIABLE}=text turns this off")
    return chosen


def stdin_name(paths: Sequence[str], name: str | None) -> str:
    """What standard input is called."""
    if name is not None and "-" not in paths:
        raise failure("--stdin-filename is what `-` is called, and no PATH is `-`", USAGE)
    return "<stdin>" if name is None else name


def trying(change: Change | None, formats: Collection[Format | None]) -> Change | None:
    """The same, and the fixes that are left are tried where a report has them."""
    if WITH_FIXES.isdisjoint(formats):
        return change
    from sidecar_lint.commands.changing import Trying

    return Trying(change)


def shown(  # noqa: PLR0913  one parameter an option
    printed: Format | None,
    rules: Sequence[Rule],
    *,
    quiet: bool,
    diff: bool,
    statistics: bool,
    color: Color = Color.AUTO,
) -> StreamReport:
    """What goes to standard output."""
    if statistics and (diff or printed not in (None, Format.TEXT)):
        message = "--statistics prints a table of its own: it goes with neither --diff nor --format"
        raise failure(message, USAGE)
    if diff:
        from sidecar_lint.report.diff import DiffReport

        return DiffReport(sys.stdout)
    if statistics:
        from sidecar_lint.report.statistics import StatisticsReport

        return StatisticsReport(sys.stdout, quiet=quiet)
    return report_in(printed or Format.TEXT, sys.stdout, quiet=quiet, rules=rules, color=color)


def configurations(
    select: Sequence[str], ignore: Sequence[str], fail_on: str | None, baseline: str | None, *, fresh: bool
) -> Configurations:
    """What the command line says over every configuration; with `fresh` no baseline counts."""
    known = _baseline(baseline) if baseline is not None else None
    if (day := os.environ.get(TODAY)) and not read_date(day):
        raise failure(f"{TODAY} is {day!r}: it must be a date such as 2026-12-01", USAGE)
    return Configurations(
        CommandLineOverrides(tuple(select), tuple(ignore), fail_on or "", known, no_baseline=fresh)
    )


def rewriting(path: str | None, change: object, baseline: str | None) -> BaselineReport | None:
    """The report that writes a baseline, where that is asked for."""
    if path is None:
        return None
    if change is not None or baseline is not None:
        raise failure("--write-baseline goes with none of --baseline, --fix, --diff, --add-ignores", USAGE)
    from sidecar_lint.linting.baseline import Baseline
    from sidecar_lint.report.baseline import BaselineReport

    old = _baseline(path) if os.path.exists(path) else Baseline(path)
    return BaselineReport(sys.stdout, old)


def _baseline(path: str) -> Baseline:
    from sidecar_lint.linting.baseline import Baseline, BaselineError

    found = Files().look(path, LARGEST_BASELINE)
    if isinstance(found, Unread):
        raise failure(f"cannot read it: {found.text}", file=path)
    try:
        return Baseline.read(found)
    except BaselineError as error:
        raise failure(str(error)) from error
