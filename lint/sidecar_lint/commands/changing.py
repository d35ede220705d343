"""What is done about findings besides reporting them: fixes are applied, or comments written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from sidecar_lint.linting.report import PathProblem, Report
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.report.stderr import complain

if TYPE_CHECKING:
    from sidecar_lint.fixing.rounds import LintRun
    from sidecar_lint.workspace.files import Files


class Change(Protocol):
    """A way to change files. Where it does not `write`, it only says what would be."""

    @property
    def write(self) -> bool: ...

    @property
    def needs_all(self) -> bool:
        """Whether all files of a run have to be known before one is changed."""

    def change(self, runs: Iterable[LintRun], files: Files) -> list[Report]:
        """What becomes of files, in their order; nothing is written."""


class Fixing(NamedTuple):
    """Which fixes to apply: `unsafe` ones too? And whether to `write` the files."""

    unsafe: bool
    write: bool
    needs_all: bool = True

    def change(self, runs: Iterable[LintRun], files: Files) -> list[Report]:
        """Put right what can be."""
        from sidecar_lint.fixing.rewriting import rewrite_all

        return rewrite_all(runs, files, unsafe=self.unsafe)


class Ignoring(NamedTuple):
    """Write comments that suppress what is found, with a reason."""

    reason: str
    write: bool = True
    needs_all: bool = True

    def change(self, runs: Iterable[LintRun], files: Files) -> list[Report]:
        """Suppress all there is."""
        from sidecar_lint.fixing.suppressing import add_suppressions

        return add_suppressions(runs, files, reason=self.reason)


class Trying(NamedTuple):
    """Change files, if at all, and report no fix that does harm: others apply what is in a report."""

    first: Change | None = None

    @property
    def write(self) -> bool:
        """Whether what is changed is written."""
        return self.first is not None and self.first.write

    @property
    def needs_all(self) -> bool:
        """What is only tried is tried in one workspace after the other."""
        return self.first is not None

    def change(self, runs: Iterable[LintRun], files: Files) -> list[Report]:
        """Try each fix that is left, and leave out what does harm."""
        from sidecar_lint.fixing.offering import offered

        runs = list(runs)
        reports = self.first.change(runs, files) if self.first else [run.report for run in runs]
        left = [run._replace(report=report) for run, report in zip(runs, reports, strict=True)]
        return offered(left, files.having(*(report.source for report in reports if report.edits)))


def write(report: Report, within: str) -> Report | PathProblem:
    """Write what was changed of a file, if anything was, and nothing outside of `within`."""
    from sidecar_lint.fixing import rewriting

    if not report.edits and not report.new_files:
        return report
    try:
        rewriting.write(report, within)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return PathProblem(report.path, f"cannot write it: {reason or error}")
    return report


def name_uncovered(report: Report) -> None:
    """Say what is wrong that fixes brought to light: it was there before, and Copilot did not see it."""
    from sidecar_lint.linting.masking import told

    for finding in told(report).uncovered:
        line, column = report.source.position(finding.span.start)
        place = f"{report.path}:{line + 1}:{column + 1}"
        complain(f"a fix brings {finding.code} to light: {finding.message}", place)
