"""A line a finding: `path:line:column: severity[code] message`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.report.stream import StreamReport
from sidecar_lint.report.visible import visible

if TYPE_CHECKING:
    from sidecar_lint.linting.engine import Report


class ConciseReport(StreamReport):
    """Prints a line a finding, and nothing else."""

    def _write(self, report: Report) -> None:
        path = visible(report.path)
        for finding in self._shown(report):
            at = report.source.position(finding.span.start)
            what = f"{finding.severity}[{finding.code}] {visible(finding.message)}"
            self._out.write(f"{path}:{at.line + 1}:{at.column + 1}: {what}\n")
