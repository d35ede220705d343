"""Texts after `|` and `>`."""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint.syntax.yaml_v3.cursor import (
    BLANK,
    BLANKS,
    END,
    SPACES,
    TextCursor,
    TextMark,
    content,
)
from sidecar_lint.syntax.yaml_v3.tokens import ScalarToken

_HEADER: Final = re.compile(r"[|>](?:([-+])([0-9])?|([0-9])([-+])?)?")
_SCANNING: Final = "while scanning a block scalar"


def block_scalar(cursor: TextCursor, parent: int) -> ScalarToken:
    """A literal or folded scalar in a collection that is indented by `parent` (-1 at the top)."""
    start, style = cursor.mark, cursor.peek()
    chomping, increment = _header(cursor, start)
    lines = _Lines(cursor, parent, max(parent, 0) + increment if increment else 0, start)
    text: list[str] = []
    first, indented_before = "", False
    while cursor.column == lines.indent and cursor.peek() != END:
        indented = cursor.peek() in BLANKS
        if style == ">" and first == "\n" and not indented and not indented_before:
            first = "" if lines.blank else " "
        text += (first, lines.blank, cursor.take(cursor.patterns.rest_of_line))
        indented_before = indented
        first = content(cursor.take_lines(cursor.patterns.line_break))
        lines.skip_blank()
    tail = {"-": "", "": first, "+": first + lines.blank}[chomping]
    return ScalarToken("".join(text) + tail, start, lines.end, style)


def _header(cursor: TextCursor, start: TextMark) -> tuple[str, int]:
    """What is done with the end of the text, and the indentation that is written out (0 for none)."""
    found = _HEADER.match(cursor.text, cursor.index)
    sign, digit = (found[1] or found[4] or "", found[2] or found[3]) if found else ("", None)
    if digit == "0":
        cursor.refuse("found an indentation indicator equal to 0", _SCANNING, start)
    cursor.take(_HEADER)
    cursor.take(BLANK)
    if cursor.peek() == "#":
        cursor.take(cursor.patterns.rest_of_line)
    if not cursor.at_end_of_line:
        cursor.refuse("did not find expected comment or line break", _SCANNING, start)
    cursor.take_lines(cursor.patterns.line_break)
    return sign, int(digit or 0)


class _Lines:
    """The blank lines before each line of the text, and how far that is indented."""

    def __init__(self, cursor: TextCursor, parent: int, indent: int, start: TextMark) -> None:
        self._cursor = cursor
        self._start = start
        #: Columns; where it is not written out, as the first line that is not blank.
        self.indent = indent
        self.blank = ""
        self.end = cursor.mark
        widest = self.skip_blank()
        self.indent = indent or max(widest, parent + 1, 1)

    def skip_blank(self) -> int:
        """Go to where the next line of the text begins, if one does; gives the width of the widest."""
        cursor, widest = self._cursor, 0
        breaks: list[str] = []
        self.end = cursor.mark
        while True:
            self._skip_indentation()
            widest = max(widest, cursor.column)
            if not cursor.at_break:
                self.blank = "".join(breaks)
                return widest
            breaks.append(content(cursor.take_lines(cursor.patterns.line_break)))
            self.end = cursor.mark

    def _skip_indentation(self) -> None:
        cursor, indent = self._cursor, self.indent
        limit = cursor.line_start + indent if indent else len(cursor.text)
        found = SPACES.match(cursor.text, cursor.index, max(limit, cursor.index))
        cursor.index = found.end() if found else cursor.index
        if cursor.peek() == "\t" and (not indent or cursor.column < indent):
            problem = "found a tab character where an indentation space is expected"
            cursor.refuse(problem, _SCANNING, self._start)
