"""One finding on a terminal: a headline, the place, the source, and a few notes."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TextIO

from sidecar_lint.escaping import terminal
from sidecar_lint.finding import Finding, Severity
from sidecar_lint.layout import wrapped
from sidecar_lint.report.color import Color, is_colored
from sidecar_lint.report.counts import FIXABLE, can_fix, has_safe_fix
from sidecar_lint.report.line import Line, plain
from sidecar_lint.report.notes import notes
from sidecar_lint.report.snippet import FRAME_STYLE, Excerpt, Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.linting.report import Report

_STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_NARROWEST: Final = 40
_WIDEST: Final = 120
_USUAL: Final = 80
#: Where to ask how wide a terminal is: input, output, errors. Windows does not know it of what is read.
_STREAMS: Final = (1, 2) if os.name == "nt" else (0, 1, 2)


class TextRenderer:
    """Prints findings to a stream. Only ASCII is used for lines and marks."""

    def __init__(self, out: TextIO, color: Color = Color.AUTO) -> None:
        self._out = out
        self._is_terminal = _is_terminal(out)
        self._width = min(max(_columns(is_terminal=self._is_terminal), _NARROWEST), _WIDEST)
        self._encoding = getattr(out, "encoding", None) or "utf-8"
        self._painter = None
        if is_colored(color, out, os.environ):
            from sidecar_lint.report.colored import Painter

            self._painter = Painter(out, self._width, self._spelt_out)

    def print(self, finding: Finding, report: Report) -> None:
        """Print one finding and an empty line.

        A line that begins with an order to the service that reads the log loses it, and its style.
        """
        lines = self._lines(finding, report)
        if self._painter:
            self._painter.print(lines)
        else:
            self._out.write("".join(f"{self._spelt_out(plain(line))}\n" for line in lines) + "\n")

    def _lines(self, finding: Finding, report: Report) -> Iterator[Line]:
        excerpts = self._excerpts(finding, report)
        gutter = excerpts[0].gutter
        yield from self._headline(finding, is_fixable=can_fix(report) and has_safe_fix(finding))
        for excerpt in excerpts:
            yield (" " * gutter, ""), ("-->", FRAME_STYLE), (f" {excerpt.place}", "")
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

    def _headline(self, finding: Finding, *, is_fixable: bool) -> Iterator[Line]:
        style = _STYLES[finding.severity]
        head = f"{finding.severity}[{finding.code}]"
        mark = f"{FIXABLE} " if is_fixable else ""
        words = self._spelt_out(f"{mark}{finding.name}: {finding.message}")
        # Someone who searches a log wants the whole headline on one line.
        width = self._width - 4 if self._is_terminal else len(head) + len(words) + 1
        first, *rest = wrapped(f"{head} {words}", width)
        yield (head, style), (first.removeprefix(head), "bold")
        for line in rest:
            yield ((f"    {line}", "bold"),)

    def _note(self, name: str, text: str, gutter: int) -> Iterator[Line]:
        """A note; a text of several lines keeps them as they are."""
        indent = " " * (gutter + 1)
        first, *verbatim = text.split("\n")
        width = self._width - len(indent) - len(name) - 4
        lines = [*wrapped(self._spelt_out(first), width), *map(self._spelt_out, verbatim)]
        hanging = indent + " " * (len(name) + 4)
        yield (indent, ""), ("=", FRAME_STYLE), (" ", ""), (f"{name}:", "bold"), (f" {lines[0]}", "")
        for line in lines[1:]:
            yield ((hanging + line, ""),)

    def _spelt_out(self, text: str) -> str:
        return terminal(text, self._encoding)


def _is_terminal(out: TextIO) -> bool:
    """Whether a stream is a terminal, or is to be taken for one: as rich has it, by which it is coloured."""
    compatible = os.environ.get("TTY_COMPATIBLE", "")
    if compatible in ("0", "1"):
        return compatible == "1"
    forced = os.environ.get("FORCE_COLOR")
    return out.isatty() if forced is None else forced != ""


def _columns(*, is_terminal: bool) -> int:
    """How wide lines may be: as COLUMNS says, or as the first standard stream that is a terminal."""
    if is_terminal and os.environ.get("TERM", "").lower() in ("dumb", "unknown"):
        return _USUAL
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if asked.isdecimal() else next(_widths(), 0) or _USUAL


def _widths() -> Iterator[int]:
    for stream in _STREAMS:
        with suppress(OSError, ValueError, AttributeError):
            yield os.get_terminal_size(stream).columns
