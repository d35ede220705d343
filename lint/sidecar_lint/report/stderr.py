"""What goes to standard error: complaints, and how far the work is."""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import Final

_PATIENCE: Final = 1.0
_INTERVAL: Final = 0.1


def complain(message: str, file: str | None = None) -> None:
    """Say what could not be done, and to which file."""
    from sidecar_lint.escaping import terminal
    from sidecar_lint.layout import columns_of, reading_width, wrapped

    text = f"{file}: {message}" if file else message
    # A path may hold anything, and a service that reads the log obeys what a line begins with.
    line = f"sidecar-lint: {terminal(text, sys.stderr.encoding or 'ascii')}"
    columns = columns_of(sys.stderr)
    lines = [line] if columns is None else wrapped(line, reading_width(columns), others="    ")
    sys.stderr.write("".join(f"{each}\n" for each in lines))


class Progress:
    """Says how far the work is: only on a terminal, and not at once.

    `clear` before anything else is printed.
    """

    def __init__(self, *, wanted: bool = True) -> None:
        self._width = 0
        self._next = monotonic() + _PATIENCE
        self._shown = wanted and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def step(self, done: int, total: int) -> None:
        """Tell that `done` files of those known by now are behind us."""
        now = monotonic()
        if self._shown and now >= self._next:
            self._next = now + _INTERVAL
            self._write(f"{done} of {total} files")

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text:<{self._width}}" if text else f"\r{' ' * self._width}\r")
        sys.stderr.flush()
        self._width = len(text)
