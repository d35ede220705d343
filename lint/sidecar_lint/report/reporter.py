"""What a report takes: the findings of a file, and what could not be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from sidecar_lint.linting.engine import Report


class Problem(NamedTuple):
    """A path that could not be used, and why; `file` is None where no path is to blame."""

    file: str | None
    message: str


class Reporter(Protocol):
    """Where reports go."""

    def add(self, report: Report) -> None:
        """Take the report of one file."""

    def problem(self, problem: Problem) -> None:
        """Take what could not be done."""

    def finish(self) -> None:
        """There is nothing more to come."""
