"""What a report takes: the findings of a file, and what could not be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sidecar_lint.linting.report import PathProblem, Report


class Reporter(Protocol):
    """Where reports go."""

    def add(self, report: Report) -> None:
        """Take the report of one file."""

    def problem(self, problem: PathProblem) -> None:
        """Take what could not be done."""

    def finish(self) -> None:
        """There is nothing more to come."""
