"""What the options of `check` ask for, made into what does it. Options that contradict end the program."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sidecar_lint.checking import Fixing, Ignoring
from sidecar_lint.configuration.configurations import Configurations, Wishes
from sidecar_lint.door import USAGE, failure
from sidecar_lint.workspace.files import Files

if TYPE_CHECKING:
    from sidecar_lint.baseline import Baseline
    from sidecar_lint.report.baseline import BaselineReport


def changing(
    paths: Sequence[str], *, fix: bool, diff: bool, unsafe: bool, ignoring: str | None
) -> Fixing | Ignoring | None:
    """What to do with findings besides reporting them."""
    if fix and diff:
        raise failure("--fix changes files and --diff does not: choose one", USAGE)
    if unsafe and not (fix or diff):
        raise failure("--unsafe-fixes goes with --fix or --diff", USAGE)
    if ignoring is not None and (fix or diff):
        raise failure("--add-ignores goes with neither --fix nor --diff", USAGE)
    if "-" in paths and (fix or ignoring is not None):
        raise failure("standard input cannot be changed in place: --diff prints what --fix would do", USAGE)
    if ignoring is not None:
        return Ignoring(ignoring)
    return Fixing(unsafe, write=fix) if fix or diff else None


def files(config: str | None, *, isolated: bool) -> Files:
    """The files of the run, with the configuration that counts for them."""
    if config is not None and isolated:
        raise failure("--config names a configuration and --isolated wants none: choose one", USAGE)
    around = Files(configured_by=config, isolated=isolated)
    if config is not None:
        try:
            around.read(config)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            raise failure(f"cannot read it: {reason or error}", file=config) from error
    return around


def configurations(
    select: Sequence[str], ignore: Sequence[str], fail_on: str | None, baseline: str | None, *, fresh: bool
) -> Configurations:
    """What the command line says over every configuration; with `fresh` no baseline counts."""
    known = _baseline(baseline) if baseline is not None else None
    return Configurations(Wishes(tuple(select), tuple(ignore), fail_on or "", known, no_baseline=fresh))


def rewriting(path: str | None, change: object, baseline: str | None) -> BaselineReport | None:
    """The report that writes a baseline, where that is asked for."""
    if path is None:
        return None
    if change is not None or baseline is not None:
        raise failure("--write-baseline goes with none of --baseline, --fix, --diff, --add-ignores", USAGE)
    from sidecar_lint.baseline import Baseline
    from sidecar_lint.report.baseline import BaselineReport

    return BaselineReport(_baseline(path) if os.path.exists(path) else Baseline(path))


def _baseline(path: str) -> Baseline:
    from sidecar_lint.baseline import Baseline, BaselineError

    try:
        return Baseline.read(Files().read(path))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise failure(f"cannot read it: {reason or error}", file=path) from error
    except BaselineError as error:
        raise failure(str(error)) from error
