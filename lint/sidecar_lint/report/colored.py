"""Lines in colours. Whoever prints none does without rich, which takes as long to load as a file to lint."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text

from sidecar_lint.report.line import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sidecar_lint.report.line import Line


class _Console(Console):
    """rich ends the program where a pipe is closed; that is for the door to do."""

    def on_broken_pipe(self) -> None:
        """Let the BrokenPipeError through."""
        raise  # noqa: PLE0704  called while it is handled


class Painter:
    """Prints lines of a width to a stream, in colours. What `harmless` changes in a line loses its style."""

    def __init__(self, out: TextIO, width: int, harmless: Callable[[str], str]) -> None:
        self._harmless = harmless
        self._console = _Console(
            file=out,
            width=width,
            highlight=False,
            markup=False,
            emoji=False,
            color_system="standard",
            # rich knows fewer variables, and still prints bold where NO_COLOR is set.
            no_color=False,
        )

    def print(self, lines: Iterable[Line]) -> None:
        """Print lines, and an empty one."""
        self._console.print(Text("\n").join(map(self._painted, lines)), soft_wrap=True, end="\n\n")

    def _painted(self, line: Line) -> Text:
        text, written = Text.assemble(*line), plain(line)
        text.rstrip()
        harmless = self._harmless(written)
        return text if harmless == written else Text(harmless)
