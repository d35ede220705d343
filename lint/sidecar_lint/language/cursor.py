"""Where a cursor stands in a YAML text, also in one that is half written and is no YAML.

A parser gives up at the first mistake; while someone types there is always one. So the way to the
cursor is found from what needs no parser: indentation, `- `, `key:`, and brackets.
"""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.span import Span

#: The rest of a plain key, up to the blanks before its colon.
_REST: Final = r"(?:[^\s:#]++|\s++(?=[^\s:#]))*+"
_PLAIN: Final = rf"[^\s#:{{}}\[\],&*!|>'\"%@`?-]{_REST}|-[^\s:#]{_REST}"
_KEY: Final = re.compile(rf"(?:(\"(?:[^\"\\]|\\.)*\"|'[^']*'|{_PLAIN}))[ \t]*:(?=[ \t\r\n]|$)")
_ITEM: Final = re.compile(r"-(?=[ \t\r\n]|$)[ \t]*")
_BLOCK: Final = re.compile(r"(?:[&!]\S+[ \t]+)*[|>][-+0-9]*[ \t]*(?:#.*)?$")
_WORD: Final = re.compile(r"[^\s,{}\[\]'\"#:]*(?::[^\s,{}\[\]'\"#:]+)*")
_INDEX_INDENT: Final = 2


class Cursor(NamedTuple):
    """A place in a document.

    `path` leads to the map or list that is being written; `key` is the key whose value stands at the
    cursor, None where a key itself does (or an item of a list, where `in_list`). `word` is what is
    written there, all of it; `typed` the part of it before the cursor. `indent` is the column at
    which a key of this map stands, None in a flow collection. `has_colon`: a key that stands at the
    cursor has its colon already.
    """

    path: tuple[str | int, ...]
    key: str | None
    word: Span
    typed: str
    indent: int | None
    in_list: bool = False
    has_colon: bool = False

    @property
    def full_path(self) -> tuple[str | int, ...]:
        """The path of the value that is being written."""
        return self.path if self.key is None else (*self.path, self.key)


class _Level(NamedTuple):
    """A key or a list item that encloses what follows, and its column."""

    indent: int
    step: str | int


class _Flow(NamedTuple):
    """An open bracket, and the key that stands before the cursor in it."""

    bracket: str
    key: str | None
    position: int


def cursor(text: str, offset: int) -> Cursor | None:
    """The place of an offset (code points); None in a comment, a quoted key, or a block of text."""
    return _Walk(text, min(max(offset, 0), len(text))).result()


class _Walk:
    """Reads the lines up to the cursor and keeps the way to it."""

    def __init__(self, text: str, offset: int) -> None:
        self._text = text
        self._offset = offset
        self._levels: list[_Level] = []
        self._flow: list[_Flow] = []
        #: Where the text of a block scalar ends: the first line that is not deeper than its key.
        self._block_indent: int | None = None

    def result(self) -> Cursor | None:
        start = 0
        while True:
            end = self._text.find("\n", start)
            end = len(self._text) if end < 0 else end
            if self._offset <= end:
                return self._last(start, end)
            self._line(start, end)
            start = end + 1

    def _line(self, start: int, end: int) -> None:
        """Take in a whole line before the cursor's."""
        if self._flow:
            self._scan_flow(start, end)
            return
        line = self._text[start:end].rstrip("\r")
        content = line.lstrip(" ")
        indent = len(line) - len(content)
        if not content or content[0] == "#" or self._in_block(indent):
            return
        if content.startswith(("---", "...")) and indent == 0:
            self._levels.clear()
            return
        at = start + self._enter(content, indent)
        self._value(at, end)

    def _in_block(self, indent: int) -> bool:
        if self._block_indent is not None and indent > self._block_indent:
            return True
        self._block_indent = None
        return False

    def _enter(self, content: str, indent: int) -> int:
        """Note the items and the key at the start of a line; how many code points of it they take."""
        column = indent
        while match := _ITEM.match(content, column - indent):
            self._leave(column, item=True)
            last = self._levels[-1] if self._levels else None
            is_next = last is not None and last.indent == column and isinstance(last.step, int)
            index = last.step + 1 if last is not None and is_next and isinstance(last.step, int) else 0
            if is_next:
                self._levels.pop()
            self._levels.append(_Level(column, index))
            column = indent + match.end()
        if match := _KEY.match(content, column - indent):
            self._leave(column, item=False)
            self._levels.append(_Level(column, _unquoted(match[1])))
            column = indent + match.end()
        return column

    def _leave(self, column: int, *, item: bool) -> None:
        """Forget the levels that end where something stands at this column."""
        while self._levels:
            last = self._levels[-1]
            sibling_item = item and last.indent == column
            if last.indent < column or sibling_item:
                return
            self._levels.pop()

    def _value(self, at: int, end: int) -> None:
        """Look at what follows a key on its line: a block of text or an open bracket goes on below."""
        rest = self._text[at:end].strip()
        if _BLOCK.fullmatch(rest):
            self._block_indent = self._levels[-1].indent if self._levels else -1
        elif rest[:1] in ("{", "["):
            self._scan_flow(at, end)

    def _scan_flow(self, start: int, end: int) -> bool:
        """Follow brackets, quotes and keys; whether the end lies within quotes or a comment."""
        at = start
        while at < end:
            character = self._text[at]
            if character in "'\"":
                closed = _closing_quote(self._text, at, end)
                if closed is None:
                    return True
                self._flow_key(self._text[at:closed], closed)
                at = closed
                continue
            if character == "#" and self._text[at - 1 : at].isspace():
                return True
            at = self._flow_step(character, at, end)
            if not self._flow:
                return False
        return False

    def _flow_step(self, character: str, at: int, end: int) -> int:
        if character in "{[":
            self._flow.append(_Flow(character, None, 0))
        elif character in "}]" and self._flow:
            self._flow.pop()
        elif character == "," and self._flow:
            top = self._flow.pop()
            self._flow.append(_Flow(top.bracket, None, top.position + 1))
        elif not character.isspace():
            word = _WORD.match(self._text, at, end)
            if word and word.end() > at:
                self._flow_key(word[0], word.end())
                return word.end()
        return at + 1

    def _flow_key(self, word: str, after: int) -> None:
        rest = self._text[after : after + 3].lstrip(" ")
        if self._flow and self._flow[-1].bracket == "{" and rest[:1] == ":":
            top = self._flow.pop()
            self._flow.append(_Flow(top.bracket, _unquoted(word), top.position))

    def _last(self, start: int, end: int) -> Cursor | None:
        """The cursor's own line."""
        end = end - 1 if self._text[start:end].endswith("\r") else end
        if self._flow:
            return None if self._scan_flow(start, self._offset) else self._flow_cursor(end)
        line = self._text[start:end]
        content = line.lstrip(" ")
        indent = len(line) - len(content)
        before = self._text[start : self._offset]
        if not content.strip():
            return self._blank(len(before))
        if self._in_block(indent) or content[0] == "#" or re.search(r"(?:^|\s)#", before):
            return None
        return self._on_line(content, indent, start, end)

    def _blank(self, column: int) -> Cursor | None:
        if self._in_block(column):
            return None
        self._leave(column, item=False)
        return Cursor(self._path(), None, Span(self._offset, self._offset), "", column)

    def _on_line(self, content: str, indent: int, start: int, end: int) -> Cursor | None:
        column = self._offset - start
        if column < indent:
            return None
        at = indent
        items = 0
        while (match := _ITEM.match(content, at - indent)) and indent + match.end() <= column:
            at = indent + match.end()
            items += 1
        key = _KEY.match(content, at - indent)
        if key is None or column <= indent + key.end(1):
            return self._key_cursor(content, indent, start, at, items, key)
        after = indent + key.end()
        if column < after:
            return None
        self._enter(content[: key.end()] + " ", indent)
        return self._value_cursor(start + after, end)

    def _key_cursor(  # noqa: PLR0913, PLR0917  the parts of one line
        self, content: str, indent: int, start: int, at: int, items: int, key: re.Match[str] | None
    ) -> Cursor:
        if items:
            self._enter(content[: at - indent], indent)
        else:
            self._leave(at, item=False)
        end = start + indent + (key.end(1) if key else len(content.rstrip()))
        word = Span(start + at, max(end, self._offset))
        typed = self._text[start + at : self._offset]
        return Cursor(self._path(), None, word, typed, at, in_list=bool(items), has_colon=key is not None)

    def _value_cursor(self, at: int, end: int) -> Cursor | None:
        rest = self._text[at:end]
        opening = at + len(rest) - len(rest.lstrip(" \t"))
        if self._text[opening : opening + 1] in ("{", "[") and self._offset > opening:
            return None if self._scan_flow(opening, self._offset) else self._flow_cursor(end)
        *path, key = self._path()
        comment = re.search(r"(?<!\s)\s++#.*$", rest)
        stop = at + (comment.start() if comment else len(rest.rstrip()))
        begin = min(opening, self._offset)
        word = Span(begin, max(stop, self._offset))
        return Cursor(tuple(path), str(key), word, self._text[begin : self._offset], None)

    def _flow_cursor(self, end: int) -> Cursor | None:
        if not self._flow:
            return None
        top = self._flow[-1]
        begin = self._offset
        while begin > 0 and _WORD.fullmatch(self._text[begin - 1]) and self._text[begin - 1]:
            begin -= 1
        word = _WORD.match(self._text, self._offset, end)
        span = Span(begin, word.end() if word else self._offset)
        typed = self._text[begin : self._offset]
        path = self._flow_path()
        if top.bracket == "[":
            return Cursor((*path, top.position), None, span, typed, None, in_list=True)
        has_colon = top.key is None and self._text[span.end : end].lstrip(" ").startswith(":")
        return Cursor(path, top.key, span, typed, None, has_colon=has_colon)

    def _path(self) -> tuple[str | int, ...]:
        return tuple(level.step for level in self._levels)

    def _flow_path(self) -> tuple[str | int, ...]:
        inside = (outer.position if outer.bracket == "[" else outer.key or "" for outer in self._flow[:-1])
        return (*self._path(), *inside)


def _closing_quote(text: str, at: int, end: int) -> int | None:
    """The place behind the quote that closes one; None where it stays open."""
    quote, at = text[at], at + 1
    while at < end:
        if text[at] == "\\" and quote == '"':
            at += 1
        elif text[at] == quote:
            return at + 1
        at += 1
    return None


def _unquoted(key: str) -> str:
    return key[1:-1] if key[:1] in "'\"" and len(key) > 1 else key
