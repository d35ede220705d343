"""What fixes would change, for people and for `patch`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.fixing.rewriting import diff
from sidecar_lint.report.stream import StreamReport

if TYPE_CHECKING:
    from sidecar_lint.linting.engine import Report


class DiffReport(StreamReport):
    """Prints a unified diff of each file that fixes change, and no findings: the output is a patch."""

    def _write(self, report: Report) -> None:
        self._out.write(diff(report))
