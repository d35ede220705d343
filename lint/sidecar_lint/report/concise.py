"""A line a finding: `path:line:column: severity[code] message`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.escaping import terminal
from sidecar_lint.report.stream import StreamReport

if TYPE_CHECKING:
    from sidecar_lint.linting.report import Report


class ConciseReport(StreamReport):
    """Prints a line a finding, and nothing else."""

    def _write(self, report: Report) -> None:
        for finding in self._shown(report):
            at = report.source.position(finding.span.start)
            where = f"{report.path}:{at.line + 1}:{at.column + 1}"
            line = f"{where}: {finding.severity}[{finding.code}] {finding.message}"
            self._out.write(f"{terminal(line)}\n")
