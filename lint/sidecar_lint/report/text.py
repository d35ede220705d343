"""Findings for people. What draws them, and rich with it, is loaded with the first finding."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sidecar_lint.address import PROJECT_ADDRESS
from sidecar_lint.linting.report import MOST_SHOWN
from sidecar_lint.report.stream import StreamReport

if TYPE_CHECKING:
    from sidecar_lint.linting.report import Report
    from sidecar_lint.report.text_renderer import TextRenderer


class TextReport(StreamReport):
    """Prints each file's findings as they come, the first thousand, and at the end how many there were.

    `quiet` leaves out the end, and whatever is only information.
    """

    @cached_property
    def _drawing(self) -> TextRenderer:
        from sidecar_lint.report.text_renderer import TextRenderer

        return TextRenderer(self._out, self._color)

    def _write(self, report: Report) -> None:
        found = list(self._shown(report))
        for finding in found[:MOST_SHOWN]:
            self._drawing.print(finding, report)
        if (left := len(found) - MOST_SHOWN) > 0:
            from sidecar_lint.escaping import terminal

            self._out.write(f"{terminal(_left_out(left, report.path))}\n\n")

    def finish(self) -> None:
        if self._quiet or not self.tally.files:
            return
        more = "" if PROJECT_ADDRESS or not self.tally.counts.total() else _MORE
        self._out.write(f"{self.tally.sentence}{more}\n")
        if self.tally.fixes:
            self._out.write(f"{self.tally.fixes}\n")


def _left_out(count: int, path: str) -> str:
    more = "1 more finding is" if count == 1 else f"{count:,} more findings are"
    return f"{more} not shown of {path}: `--format concise` prints a line for each"


_MORE = " (`sidecar-lint rule CODE` tells more)"
