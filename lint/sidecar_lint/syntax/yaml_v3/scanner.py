"""The tokens of a text, as yaml.v3's scanner makes them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.syntax.yaml_v3 import properties, tokens
from sidecar_lint.syntax.yaml_v3.block_scalars import block_scalar
from sidecar_lint.syntax.yaml_v3.cursor import (
    BLANK,
    END,
    SPACE,
    SPACES,
    TextCursor,
    TextMark,
)
from sidecar_lint.syntax.yaml_v3.flow_scalars import plain_scalar, quoted_scalar
from sidecar_lint.syntax.yaml_v3.simple_keys import SimpleKeys

if TYPE_CHECKING:
    from collections.abc import Callable

#: How many tokens are read past the one that is handed out, as comments are given to what they belong to.
_LOOK_AHEAD: Final = 2
_DEPTH_LIMIT: Final = 10_000
#: `--- ` and `... `
_LONGEST_INDICATOR: Final = 4
#: What begins no word, but for `-`, `?` and `:` before a character that is seen.
_INDICATORS: Final = "-?:,[]{}#&*!|>'\"%@`"
_BYTE_ORDER_MARK: Final = "\ufeff"
#: About as much as is in yaml.v3's buffer at first.
_FIRST_BUFFER: Final = 505


class Scanner:
    """The tokens of a text, one at a time."""

    def __init__(self, text: str) -> None:
        self._cursor = TextCursor(text)
        #: Where the last token began, and how far behind it had to be looked.
        self._began, self._beyond = 0, 1
        self._queue: deque[Any] = deque([tokens.StreamStartToken(self._cursor.mark, self._cursor.mark)])
        self._handed_out = 0
        #: Whether it is known of the next token that no key begins with it.
        self._settled = False
        self._keys = SimpleKeys(self._cursor)
        self._indent = -1
        self._outer_indents: list[int] = []

    def check_token(self, *kinds: type) -> bool:
        """Whether the next token is one of these."""
        return isinstance(self._queue[0] if self._settled else self.peek_token(), kinds)

    def peek_token(self) -> Any:
        """The next token."""
        while not self._settled:
            if self._queue and not self._keys.may_begin_with(self._handed_out):
                self._settled = True
            else:
                self._fetch()
        return self._queue[0]

    def get_token(self) -> Any:
        """The next token, handed out."""
        self.peek_token()
        self._settled = False
        self._handed_out += 1
        return self._queue.popleft()

    @property
    def reach(self) -> int:
        """How many code points had to be looked at so far."""
        return max(self._began + _LONGEST_INDICATOR, self._cursor.index + self._beyond)

    def look_ahead(self) -> None:
        """Read as far as yaml.v3 does before it hands out the next token."""
        while len(self._queue) <= _LOOK_AHEAD or self._keys.may_begin_with(self._handed_out):
            self._fetch()

    def _fetch(self) -> None:
        """Put the next token into the queue, with those that it implies."""
        cursor = self._cursor
        self._skip_to_next_token()
        self._unindent_to(cursor.column)
        self._began, self._beyond = cursor.index, 1
        if cursor.peek() == END:
            self._end_stream()
        elif cursor.column == 0 and cursor.peek() == "%":
            self._end_document()
            self._queue.append(properties.directive(cursor))
        elif marker := cursor.at_document_marker:
            self._end_document()
            kind = tokens.DocumentStartToken if marker == "---" else tokens.DocumentEndToken
            self._append_indicator(kind, len(marker))
        else:
            self._fetch_content(cursor.peek())

    def _skip_to_next_token(self) -> None:
        cursor, keys = self._cursor, self._keys
        while True:
            self._skip_byte_order_mark()
            cursor.take(BLANK if keys.flow_level or not keys.allowed else SPACES)
            if cursor.peek() == "#":
                cursor.take_lines(cursor.patterns.comments)
            if not cursor.at_break:
                return
            cursor.take_lines(cursor.patterns.line_break)
            keys.allowed = keys.allowed or not keys.flow_level

    def _skip_byte_order_mark(self) -> None:
        """Skip what is taken for a byte order mark: yaml.v3 looks for it where its buffer begins.

        Behind two of them, every line loses its first character until the buffer is filled anew.
        """
        cursor = self._cursor
        if cursor.text[0] == _BYTE_ORDER_MARK and not cursor.column and cursor.index < _FIRST_BUFFER:
            cursor.index += 1

    # What ends.

    def _unindent_to(self, column: int) -> None:
        """End the block collections that are indented further."""
        while self._indent > column and not self._keys.flow_level:
            mark = self._cursor.mark
            self._queue.append(tokens.BlockEndToken(mark, mark))
            self._indent = self._outer_indents.pop()

    def _end_document(self) -> None:
        self._unindent_to(-1)
        self._keys.remove()
        self._keys.allowed = False

    def _end_stream(self) -> None:
        if self._cursor.column:  # a line ends here, too, and no key goes on to the next
            self._cursor.line += 1
            self._cursor.line_start = self._cursor.index
        self._end_document()
        mark = self._cursor.mark
        self._queue.append(tokens.StreamEndToken(mark, mark))

    # What begins.

    def _indent_to(self, column: int, kind: type, mark: TextMark, number: int | None = None) -> None:
        """Begin a block collection where a line is indented further, before the token of that number."""
        if self._keys.flow_level or self._indent >= column:
            return
        self._outer_indents.append(self._indent)
        self._indent = column
        if len(self._outer_indents) > _DEPTH_LIMIT:
            self._refuse_depth("while increasing indent level")
        at = len(self._queue) if number is None else number - self._handed_out
        self._queue.insert(at, kind(mark, mark))

    def _refuse_depth(self, context: str) -> None:
        self._cursor.refuse(f"exceeded max depth of {_DEPTH_LIMIT}", context, self._cursor.mark)

    def _refuse_unless_allowed(self, what: str) -> None:
        if not self._keys.allowed and not self._keys.flow_level:
            self._cursor.refuse(f"{what} not allowed in this context")

    def _append_indicator(self, kind: type, length: int = 1) -> None:
        start = self._cursor.mark
        self._cursor.index += length
        self._queue.append(kind(start, self._cursor.mark))

    # The tokens of a document.

    def _fetch_content(self, character: str) -> None:
        is_indicator = self._keys.flow_level > 0 or self._cursor.peek(1) in SPACE
        if character in _FLOW_INDICATORS:
            _FLOW_INDICATORS[character](self)
        elif character == "-" and self._cursor.peek(1) in SPACE:
            self._fetch_item()
            return  # a comment behind `-` belongs to what follows
        elif character == "?" and is_indicator:
            self._fetch_key()
        elif character == ":" and is_indicator:
            self._fetch_value()
        elif character in "|>" and not self._keys.flow_level:
            self._fetch_block_scalar()
            return
        else:
            self._fetch_node(character)
        if self._cursor.line == self._queue[-1].end_mark.line:
            self._cursor.take(self._cursor.patterns.comment_behind)

    def _fetch_item(self) -> None:
        """`-`. In a flow collection it is the parser that says that it does not belong there."""
        self._refuse_unless_allowed("block sequence entries are")
        self._indent_to(self._cursor.column, tokens.BlockSequenceStartToken, self._cursor.mark)
        self._keys.remove()
        self._keys.allowed = True
        self._append_indicator(tokens.BlockEntryToken)

    def _fetch_key(self) -> None:
        """`?`"""
        self._refuse_unless_allowed("mapping keys are")
        self._indent_to(self._cursor.column, tokens.BlockMappingStartToken, self._cursor.mark)
        self._keys.remove()
        self._keys.allowed = not self._keys.flow_level
        self._append_indicator(tokens.KeyToken)

    def _fetch_value(self) -> None:
        """`:`, of a key without `?` or with one."""
        if key := self._keys.take():
            self._queue.insert(key.number - self._handed_out, tokens.KeyToken(key.mark, key.mark))
            self._indent_to(key.mark.column, tokens.BlockMappingStartToken, key.mark, key.number)
            self._keys.allowed = False
        else:
            self._refuse_unless_allowed("mapping values are")
            self._indent_to(self._cursor.column, tokens.BlockMappingStartToken, self._cursor.mark)
            self._keys.allowed = not self._keys.flow_level
        self._append_indicator(tokens.ValueToken)

    def _fetch_block_scalar(self) -> None:
        self._keys.remove()
        self._keys.allowed = True
        self._queue.append(block_scalar(self._cursor, self._indent))

    def _fetch_node(self, character: str) -> None:
        """A scalar that may be a key, an alias, or what stands before a value."""
        read = _BEGINNINGS.get(character, self._plain if self._may_begin_word(character) else None)
        if read is None:
            problem = "found character that cannot start any token"
            self._cursor.refuse(problem, "while scanning for the next token", self._cursor.mark)
        self._save_key()
        self._keys.allowed = False
        self._queue.append(read(self._cursor))

    def _save_key(self) -> None:
        required = not self._keys.flow_level and self._indent == self._cursor.column
        self._keys.save(self._handed_out + len(self._queue), required=required)

    def _may_begin_word(self, character: str) -> bool:
        if character in "?:":
            return not self._keys.flow_level
        return character == "-" or character not in _INDICATORS + SPACE

    def _plain(self, cursor: TextCursor) -> tokens.ScalarToken:
        token = plain_scalar(cursor, self._indent + 1, flow=self._keys.flow_level > 0)
        self._beyond = 2
        self._keys.allowed = cursor.line > token.end_mark.line
        return token

    def _begin_flow(self, kind: type) -> None:
        self._save_key()
        self._keys.open_flow()
        if self._keys.flow_level > _DEPTH_LIMIT:
            self._refuse_depth("while increasing flow level")
        self._keys.allowed = True
        self._append_indicator(kind)

    def _end_flow(self, kind: type) -> None:
        self._keys.close_flow()
        self._keys.allowed = False
        self._append_indicator(kind)

    def _fetch_comma(self) -> None:
        self._keys.remove()
        self._keys.allowed = True
        self._append_indicator(tokens.FlowEntryToken)


_BEGINNINGS: Final[dict[str, Callable[[TextCursor], Any]]] = {
    "*": properties.anchor,
    "&": properties.anchor,
    "!": properties.tag,
    "'": quoted_scalar,
    '"': quoted_scalar,
}
_FLOW_INDICATORS: Final[dict[str, Callable[[Scanner], None]]] = {
    "[": lambda scanner: scanner._begin_flow(tokens.FlowSequenceStartToken),  # noqa: SLF001
    "{": lambda scanner: scanner._begin_flow(tokens.FlowMappingStartToken),  # noqa: SLF001
    "]": lambda scanner: scanner._end_flow(tokens.FlowSequenceEndToken),  # noqa: SLF001
    "}": lambda scanner: scanner._end_flow(tokens.FlowMappingEndToken),  # noqa: SLF001
    ",": lambda scanner: scanner._fetch_comma(),  # noqa: SLF001
}
