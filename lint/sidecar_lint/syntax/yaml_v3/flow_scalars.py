"""Words without quotes, and texts in quotes."""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint.syntax.yaml_v3.cursor import (
    BLANKS,
    BREAKS,
    END,
    LINE_BREAK,
    SPACE,
    WHITESPACE,
    TextCursor,
    TextMark,
    content,
)
from sidecar_lint.syntax.yaml_v3.tokens import ScalarToken

#: What a word without quotes is made of: all but a blank and a `:` before one. In a flow collection the
#: indicators end it, `?` among them, while a `:` before one of them still belongs to it.
_WORD: Final = re.compile(f"(?:[^:{SPACE}]|:(?![{SPACE}]))*")
_FLOW_WORD: Final = re.compile(rf"(?:[^:,?\[\]{{}}{SPACE}]|:(?![{SPACE}]))*")
_INDENTING_TAB: Final = re.compile(" *\t")

_IN_SINGLE_QUOTES: Final = re.compile(f"(?:[^'{SPACE}]|'')*")
_IN_DOUBLE_QUOTES: Final = re.compile(rf'[^"\\{SPACE}]*')
_ESCAPED_BREAK: Final = re.compile(rf"\\(?:\r\n|[{BREAKS}])")
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
    word = _FLOW_WORD if flow else _WORD
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
    gap = cursor.take_lines(WHITESPACE)
    if "\t" in gap:
        for ending in LINE_BREAK.finditer(gap):
            tab = _INDENTING_TAB.match(gap, ending.end())
            if tab and tab.end() - ending.end() <= indent:
                cursor.index = at + tab.end() - 1
                cursor.refuse("found a tab character that violates indentation", _SCANNING_PLAIN, start)
    return _folded(gap)


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
        text.append(_folded(cursor.take_lines(WHITESPACE), joined=joined))


def _quoted_word(cursor: TextCursor, quote: str, start: TextMark, text: list[str]) -> bool:
    """Add what comes before the next blank; whether an escaped line break ended it."""
    if quote == "'":
        text.append(cursor.take(_IN_SINGLE_QUOTES).replace("''", "'"))
        return False
    while True:
        text.append(cursor.take(_IN_DOUBLE_QUOTES))
        if cursor.peek() != "\\":
            return False
        if cursor.take_lines(_ESCAPED_BREAK):
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


def _folded(gap: str, *, joined: bool = False) -> str:
    """What stands in a text for blanks and line breaks between two words.

    One line break is a space, of several the first is left out. `joined`: the first was escaped.
    """
    if not gap.strip(BLANKS) and not joined:
        return gap
    breaks = [content(line_break) for line_break in LINE_BREAK.findall(gap)]
    if joined:
        return "".join(breaks)
    if breaks[0] != "\n":
        return "".join(breaks)
    return "".join(breaks[1:]) or " "
