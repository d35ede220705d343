"""One finding on a terminal: a headline, the place, the source, and a few notes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, TextIO

from rich.console import Console
from rich.text import Text

from sidecar_lint.escaping import terminal
from sidecar_lint.finding import Finding, Severity
from sidecar_lint.layout import wrapped
from sidecar_lint.report.color import Color, is_colored
from sidecar_lint.report.counts import FIXABLE, can_fix, has_safe_fix
from sidecar_lint.report.notes import notes
from sidecar_lint.report.snippet import Excerpt, Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.linting.report import Report

_STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_NARROWEST: Final = 40
_WIDEST: Final = 120


class _Console(Console):
    """rich ends the program where a pipe is closed; that is for the door to do."""

    def on_broken_pipe(self) -> None:
        """Let the BrokenPipeError through."""
        raise  # noqa: PLE0704  called while it is handled


class TextRenderer:
    """Prints findings to a stream. Only ASCII is used for lines and marks."""

    def __init__(self, out: TextIO, color: Color = Color.AUTO) -> None:
        colored = is_colored(color, out, os.environ)
        self._console = _Console(
            file=out,
            highlight=False,
            markup=False,
            emoji=False,
            # rich knows fewer variables, and still prints bold where NO_COLOR is set.
            color_system="standard" if colored else None,
            no_color=False,
        )
        self._out = out
        self._width = min(max(self._console.width, _NARROWEST), _WIDEST)
        self._is_terminal = self._console.is_terminal
        self._encoding = getattr(out, "encoding", None) or "utf-8"

    def print(self, finding: Finding, report: Report) -> None:
        """Print one finding and an empty line."""
        lines = list(map(self._harmless, self._lines(finding, report)))
        if self._console.color_system is None:  # rich takes its time, and would print the same
            self._out.write("".join(f"{line.plain}\n" for line in lines) + "\n")
        else:
            self._console.print(Text("\n").join(lines), soft_wrap=True, end="\n\n")

    def _harmless(self, line: Text) -> Text:
        """A line that begins with an order to the service that reads the log loses it, and its style."""
        line.rstrip()
        plain = terminal(line.plain, self._encoding)
        return line if plain == line.plain else Text(plain)

    def _lines(self, finding: Finding, report: Report) -> Iterator[Text]:
        excerpts = self._excerpts(finding, report)
        gutter = excerpts[0].gutter
        yield from self._headline(finding, is_fixable=can_fix(report) and has_safe_fix(finding))
        for excerpt in excerpts:
            yield Text.assemble(" " * gutter, ("-->", "bold blue"), f" {excerpt.place}")
            yield from excerpt.lines()
        for name, text in notes(finding, report.environments):
            yield from self._note(name, text, gutter)

    def _excerpts(self, finding: Finding, report: Report) -> list[Excerpt]:
        """What to show of the file, and then of each other one that has a part in it."""
        labels = {report.path: [Label(finding.span, style=_STYLES[finding.severity])]}
        sources = {report.path: report.shown}
        for each in finding.related:
            source = report.shown_of(each)
            sources.setdefault(source.path, source)
            labels.setdefault(source.path, []).append(Label(each.span, each.message))
        found = [
            Excerpt(source, labels[path], self._width, self._encoding) for path, source in sources.items()
        ]
        widest = max(excerpt.gutter for excerpt in found)
        for excerpt in found:
            excerpt.gutter = widest
        return found

    def _headline(self, finding: Finding, *, is_fixable: bool) -> Iterator[Text]:
        style = _STYLES[finding.severity]
        head = f"{finding.severity}[{finding.code}]"
        mark = f"{FIXABLE} " if is_fixable else ""
        words = self._spelt_out(f"{mark}{finding.name}: {finding.message}")
        # Someone who searches a log wants the whole headline on one line.
        width = self._width - 4 if self._is_terminal else len(head) + len(words) + 1
        first, *rest = wrapped(f"{head} {words}", width)
        yield Text.assemble((head, style), (first.removeprefix(head), "bold"))
        for line in rest:
            yield Text(f"    {line}", "bold")

    def _note(self, name: str, text: str, gutter: int) -> Iterator[Text]:
        """A note; a text of several lines keeps them as they are."""
        indent = " " * (gutter + 1)
        first, *verbatim = text.split("\n")
        width = self._width - len(indent) - len(name) - 4
        lines = [*wrapped(self._spelt_out(first), width), *map(self._spelt_out, verbatim)]
        hanging = indent + " " * (len(name) + 4)
        head = Text.assemble(indent, ("=", "bold blue"), " ", (f"{name}:", "bold"))
        yield head + Text(f" {lines[0]}")
        for line in lines[1:]:
            yield Text(hanging + line)

    def _spelt_out(self, text: str) -> str:
        return terminal(text, self._encoding)
