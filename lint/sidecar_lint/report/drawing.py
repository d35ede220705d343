"""One finding on a terminal: a headline, the place, the source, and a few notes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Final, TextIO

from rich.console import Console
from rich.text import Text

from sidecar_lint.address import url_of
from sidecar_lint.finding import ANY_ENVIRONMENT, Finding, Severity, Stage
from sidecar_lint.report.excerpt import Excerpt, Label, visible

if TYPE_CHECKING:
    from sidecar_lint.engine import Report

_STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_OTHERS: Final = "any that the file does not name"
#: An effect with these words says itself when it is.
_WHEN: Final = {Stage.COPILOT: "Copilot", Stage.DEPLOY: "before it builds an image"}
_NARROWEST: Final = 40
_WIDEST: Final = 120


class _Console(Console):
    """rich ends the program where a pipe is closed; that is for the door to do."""

    def on_broken_pipe(self) -> None:
        """Let the BrokenPipeError through."""
        raise  # noqa: PLE0704  called while it is handled


class Drawing:
    """Prints findings to a stream. Only ASCII is used for lines and marks."""

    def __init__(self, out: TextIO) -> None:
        self._console = _Console(
            file=out,
            highlight=False,
            markup=False,
            emoji=False,
            # rich still prints bold where NO_COLOR is set.
            color_system=None if os.environ.get("NO_COLOR") else "auto",
        )
        self._width = min(max(self._console.width, _NARROWEST), _WIDEST)
        self._encoding = getattr(out, "encoding", None) or "utf-8"

    def print(self, finding: Finding, report: Report) -> None:
        """Print one finding and an empty line."""
        for line in self._lines(finding, report):
            line.rstrip()
            self._console.print(line, soft_wrap=True)
        self._console.print()

    def _lines(self, finding: Finding, report: Report) -> Iterator[Text]:
        labels = [Label(finding.span, style=_STYLES[finding.severity])]
        labels += [Label(each.span, each.message) for each in finding.related]
        excerpt = Excerpt(report.source, labels, self._width, self._encoding)
        yield from self._headline(finding)
        yield self._place(finding, report, excerpt.gutter)
        yield from excerpt.lines()
        for name, text in _notes(finding, report.environments):
            yield from self._note(name, text, excerpt.gutter)

    def _headline(self, finding: Finding) -> Iterator[Text]:
        style = _STYLES[finding.severity]
        head = f"{finding.severity}[{finding.code}]"
        words = self._visible(f"{finding.name}: {finding.message}")
        # Someone who searches a log wants the whole headline on one line.
        width = self._width - 4 if self._console.is_terminal else len(head) + len(words) + 1
        first, *rest = _wrapped(f"{head} {words}", width)
        yield Text.assemble((head, style), (first.removeprefix(head), "bold"))
        for line in rest:
            yield Text(f"    {line}", "bold")

    def _place(self, finding: Finding, report: Report, gutter: int) -> Text:
        at = report.source.position(finding.span.start)
        place = f"{self._visible(report.path)}:{at.line + 1}:{at.column + 1}"
        return Text(" " * gutter) + Text("-->", "bold blue") + Text(f" {place}")

    def _note(self, name: str, text: str, gutter: int) -> Iterator[Text]:
        """A note; a text of several lines keeps them as they are."""
        indent = " " * (gutter + 1)
        first, *verbatim = text.split("\n")
        width = self._width - len(indent) - len(name) - 4
        lines = [*_wrapped(self._visible(first), width), *map(self._visible, verbatim)]
        hanging = indent + " " * (len(name) + 4)
        head = Text.assemble(indent, ("=", "bold blue"), " ", (f"{name}:", "bold"))
        yield head + Text(f" {lines[0]}")
        for line in lines[1:]:
            yield Text(hanging + line)

    def _visible(self, text: str) -> str:
        return visible(text, self._encoding)


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, break_long_words=False, break_on_hyphens=False) or [text]


def _notes(finding: Finding, environments: Sequence[str]) -> Iterator[tuple[str, str]]:
    if finding.effect:
        yield "effect", finding.effect
    if _WHEN.get(finding.stage, "\n") not in finding.effect:
        yield "when", finding.stage.sentence
    where = _environments(finding.environments, environments)
    if where:
        yield "environments", where
    if finding.help:
        yield "help", finding.help
    url = url_of(finding.name)
    if url:
        yield "more", url


def _environments(held: Sequence[str], known: Sequence[str]) -> str:
    """In which environments a finding holds; nothing to say where the file names none."""
    if set(known) <= {ANY_ENVIRONMENT}:
        return ""
    if set(held) >= set(known):
        return "all"
    names = [name for name in held if name != ANY_ENVIRONMENT]
    if ANY_ENVIRONMENT not in held:
        return ", ".join(names)
    return f"{', '.join(names)}, and {_OTHERS}" if names else _OTHERS
