"""Findings for a baseline: they are written to it, and reported to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sidecar_lint.configuration.location import is_configuration
from sidecar_lint.escaping import terminal
from sidecar_lint.linting.baseline import Baseline, Rewriting
from sidecar_lint.report.output import writing
from sidecar_lint.report.stream import StreamReport

if TYPE_CHECKING:
    from sidecar_lint.linting.report import Report


class BaselineReport(StreamReport):
    """Writes a baseline when all is linted; what `old` has of other files and rules stays in it."""

    def __init__(self, out: TextIO, old: Baseline) -> None:
        super().__init__(out)
        self._old = old
        self._rewriting = Rewriting(old)

    def _write(self, report: Report) -> None:
        """Take the findings of one file; mistakes of a configuration are nothing to get used to."""
        if not is_configuration(report.path):
            self._rewriting.add(report)

    def finish(self) -> None:
        """Write the file in one step, and say so. Raises CannotWrite."""
        new = self._rewriting.result()
        with writing(new.path) as file:
            file.write(new.text)
        counted = f"{len(new)} finding{'' if len(new) == 1 else 's'}"
        before = f", {len(self._old)} before" if len(self._old) else ""
        self._out.write(f"{terminal(f'{counted} in {new.path}{before}')}\n")
