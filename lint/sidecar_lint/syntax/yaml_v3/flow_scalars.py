"""Words without quotes, and texts in quotes."""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint.syntax.yaml_v3.cursor import (
    BLANKS,
    END,
    TextCursor,
    TextMark,
    content,
)
from sidecar_lint.syntax.yaml_v3.tokens import ScalarToken

_INDENTING_TAB: Final = re.compile(" *\t")

_ESCAPED_CODE: Final = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_SCANNING_PLAIN: Final = "while scanning a plain scalar"
_SCANNING: Final = "while scanning a quoted scalar"
_PARSING: Final = "while parsing a quoted scalar"
#: `\'` is one, `\/` of YAML 1.2 and of JSON is none.
_ESCAPES: Final = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "'": "'", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028",
    "P": "\u2029",
}  # fmt: skip


def plain_scalar(cursor: TextCursor, indent: int, *, flow: bool) -> ScalarToken:
    """A scalar without quotes. In block context, a line that is indented by less than `indent` ends it."""
    word = cursor.patterns.flow_word if flow else cursor.patterns.word
    start = end = cursor.mark
    text: list[str] = []
    gap = ""
    while not cursor.at_document_marker and cursor.peek() != "#" and (part := cursor.take(word)):
        text += (gap, part)
        end = cursor.mark
        gap = _gap(cursor, indent, start)
        if not flow and cursor.column < indent:
            break
    return ScalarToken("".join(text), start, end)


def _gap(cursor: TextCursor, indent: int, start: TextMark) -> str:
    """What stands in the text for the blanks and line breaks here, which are moved past."""
    at = cursor.index
    gap = cursor.take_lines(cursor.patterns.whitespace)
    if "\t" in gap:
        for ending in cursor.patterns.line_break.finditer(gap):
            tab = _INDENTING_TAB.match(gap, ending.end())
            if tab and tab.end() - ending.end() <= indent:
                cursor.index = at + tab.end() - 1
                cursor.refuse("found a tab character that violates indentation", _SCANNING_PLAIN, start)
    return _folded(cursor, gap)


def quoted_scalar(cursor: TextCursor) -> ScalarToken:
    """A scalar in single or double quotes."""
    start, quote = cursor.mark, cursor.peek()
    cursor.index += 1
    text: list[str] = []
    while True:
        if cursor.at_document_marker:
            cursor.refuse("found unexpected document indicator", _SCANNING, start)
        if cursor.peek() == END:
            cursor.refuse("found unexpected end of stream", _SCANNING, start)
        joined = _quoted_word(cursor, quote, start, text)
        if cursor.peek() == quote:
            cursor.index += 1
            return ScalarToken("".join(text), start, cursor.mark, quote)
        text.append(_folded(cursor, cursor.take_lines(cursor.patterns.whitespace), joined=joined))


def _quoted_word(cursor: TextCursor, quote: str, start: TextMark, text: list[str]) -> bool:
    """Add what comes before the next blank; whether an escaped line break ended it."""
    if quote == "'":
        text.append(cursor.take(cursor.patterns.single_quoted_word).replace("''", "'"))
        return False
    while True:
        text.append(cursor.take(cursor.patterns.double_quoted_word))
        if cursor.peek() != "\\":
            return False
        if cursor.take_lines(cursor.patterns.escaped_line_break):
            return True
        text.append(_escaped(cursor, start))


def _escaped(cursor: TextCursor, start: TextMark) -> str:
    letter = cursor.peek(1)
    if letter in _ESCAPES:
        cursor.index += 2
        return _ESCAPES[letter]
    if letter not in "xuU":
        cursor.refuse("found unknown escape character", _PARSING, start)
    code = _ESCAPED_CODE.match(cursor.text, cursor.index)
    if code is None:
        cursor.refuse("did not find expected hexdecimal number", _PARSING, start)
    number = int(code[code.lastindex or 0], 16)
    if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:  # noqa: PLR2004  surrogates, the last code point
        cursor.refuse("found invalid Unicode character escape code", _PARSING, start)
    cursor.index = code.end()
    return chr(number)


def _folded(cursor: TextCursor, gap: str, *, joined: bool = False) -> str:
    """What stands in a text for blanks and line breaks between two words.

    One line break is a space, of several the first is left out. `joined`: the first was escaped.
    """
    if not gap.strip(BLANKS) and not joined:
        return gap
    breaks = [content(line_break) for line_break in cursor.patterns.line_break.findall(gap)]
    if joined:
        return "".join(breaks)
    if breaks[0] != "\n":
        return "".join(breaks)
    return "".join(breaks[1:]) or " "
