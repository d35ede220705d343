"""Giving up linting that nobody waits for any longer."""

from __future__ import annotations


class Cancelled(Exception):  # noqa: N818  nothing is wrong: there is something newer to do
    """Linting was given up, and nothing came of it."""


class CancellationToken:
    """Goes to whoever does the work, which asks it between two rules. This one never cancels anything."""

    def check(self) -> None:
        """Raises Cancelled where the work is not wanted any longer."""


NEVER = CancellationToken()
