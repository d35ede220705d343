"""YAML as most of it is written: maps and lists in blocks, each value a text on one line.

Such a text is read line by line, in a fraction of the time that any parser takes. Whatever is not written so (an
anchor, a tag, a text of several lines, a map in braces, a mistake) is left to those who read all of the grammar:
nothing is said of it here. The tests hold the two against each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.syntax.nodes import Mapping, Scalar, Sequence
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Node

#: Less than may be nested anywhere, and more than anybody does.
_DEPTH_LIMIT: Final = 50
#: A null is none.
_KEY: Final = "(?!null:|Null:|NULL:)[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}+"
#: Words and single blanks between them; a `:` before a blank ends no value, but makes a key of it.
_WORD: Final = "[^: \n]*+(?::(?=[^ \n])[^: \n]*+)*+"
_PLAIN: Final = rf"(?:[A-Za-z0-9_/.$~+(<=^;\\]|-(?=[^ \n])){_WORD}(?: +(?=[^# \n]){_WORD})*+"
_QUOTED: Final = r"""'[^'\n]*+'(?!')|"[^"\\\n]*+\""""
_LIST: Final = r"\[[^][{}#\\\n]*+\]"
#: Comments and empty lines, then one with blanks, a dash, a key, its colon, and a value of one form: the groups.
#: The last is all that follows where a line is none of that.
_LINE: Final = re.compile(
    rf"((?: *+(?:#[^\n]*+)?\n)*+)( *+)(-(?![^ \n]) *+)?(?:({_KEY})(:(?![^ \n]) *+))?"
    rf"(?:({_PLAIN})|({_QUOTED})|({_LIST}))? *+(?:(?<![^ \n])#[^\n]*+)?(?:\n|\Z)|((?s:.+))"
)
#: An item of a list in brackets, with what ends it.
_ITEM: Final = re.compile(rf"( *+)(?:({_QUOTED})|([A-Za-z0-9_/][A-Za-z0-9_./-]*+))( *+[],])")


class _WrittenOtherwise(Exception):  # noqa: N818  nothing is wrong
    """Raised at what only those can read who know all of the grammar."""


def read_lines(text: str) -> Mapping | None:
    """The map that a text is; None where any of it is written otherwise."""
    if not text.replace("\n", " ").isprintable():  # other line breaks, tabs, what nobody may write
        return None
    try:
        return _Reader(text).read()
    except _WrittenOtherwise:
        return None


class _Block:
    """A map or a list that is still open: in which column it stands, and its last key if it is a map.

    `waits_at` is where the value of that key, or of the last item, would be; None where it has one.
    """

    __slots__ = ("column", "key", "node", "waits_at")

    def __init__(self, node: Any, column: int) -> None:
        self.node = node
        self.column = column
        self.key: Scalar | None = None
        self.waits_at: int | None = None

    def add(self, value: Node) -> None:
        """Add an item, or the value of the key."""
        self.waits_at = None
        key = self.key
        if key is None:
            self.node.items.append(value)
            return
        value.key = key
        entries = self.node.entries
        if key.text in entries:  # as it is while somebody types a field anew
            self.node.duplicates.append((entries[key.text].key, key))
        entries[key.text] = value


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        #: Under the root there is a list that waits for it.
        self._top = _Block(Sequence(Span(0, 0)), -1)
        self._top.waits_at = 0
        self._below: list[_Block] = []

    def read(self) -> Mapping:
        at = 0
        for line in _LINE.finditer(self._text):
            before, indent, dash, name, colon, plain, quoted, listed, rest = line.groups("")
            column = len(indent)
            start = at + len(before) + column
            at = line.end()
            block = self._top
            if dash:
                block = self._item(column, start, dash, name)
                start += len(dash)
            elif not name:
                if plain or quoted or listed or rest:
                    raise _WrittenOtherwise
                break
            elif column != block.column or block.key is None or block.waits_at is not None:
                block = self._block_at(column, start, Mapping)
            if name:
                end = start + len(name)
                block.key = Scalar(_new(Span, (start, end)), name)
                block.waits_at = end + 1
                start = end + len(colon)
            if plain:
                block.add(Scalar(_new(Span, (start, start + len(plain))), plain))
            elif quoted or listed:
                block.add(_quoted(start, quoted) if quoted else _list(start, listed))
        return self._ended()

    def _item(self, column: int, start: int, dash: str, name: str) -> _Block:
        """The block that has what stands behind a dash: the list, or a map that begins with a key there."""
        block = self._block_at(column, start, Sequence)
        block.waits_at = start + 1
        return self._begin(Mapping, column + len(dash), start + len(dash)) if name else block

    def _block_at(self, column: int, start: int, kind: type[Mapping | Sequence]) -> _Block:
        """The block that a line belongs to: what is deeper ends here, and one may begin."""
        while self._top.column > column:
            self._close(start)
        block = self._top
        if block.waits_at is not None:
            # The items of a key may stand in its own column.
            if block.column < column or (kind is Sequence and block.node.__class__ is Mapping):
                return self._begin(kind, column, start)
            block.add(_nothing(block.waits_at))
        elif block.column == column and kind is Mapping and block.node.__class__ is Sequence:
            self._close(start)
            block = self._top
        if block.column != column or block.node.__class__ is not kind:
            raise _WrittenOtherwise
        return block

    def _begin(self, kind: type[Mapping | Sequence], column: int, start: int) -> _Block:
        node = kind(_new(Span, (start, start)))
        self._top.add(node)
        if len(self._below) > _DEPTH_LIMIT:
            raise _WrittenOtherwise
        self._below.append(self._top)
        self._top = block = _Block(node, column)
        return block

    def _close(self, end: int) -> None:
        block = self._top
        if block.waits_at is not None:
            block.add(_nothing(block.waits_at))
        block.node.span = _new(Span, (block.node.span[0], end))
        self._top = self._below.pop()

    def _ended(self) -> Mapping:
        """The root, once all has been read."""
        while self._below:
            self._close(len(self._text))
        root = self._top.node.items
        if not root or root[0].__class__ is not Mapping:
            raise _WrittenOtherwise
        found: Mapping = root[0]
        return found


def _list(start: int, text: str) -> Sequence:
    """A list in brackets, with nothing but texts in it."""
    items: list[Node] = []
    at, rest = 1, ""
    while at != len(text):
        item = _ITEM.match(text, at)
        if item is None:
            raise _WrittenOtherwise
        blanks, quoted, word, rest = item.groups("")
        begin = start + at + len(blanks)
        end = begin + len(word)
        items.append(_quoted(begin, quoted) if quoted else Scalar(_new(Span, (begin, end)), word))
        at = item.end()
    if not rest.endswith("]"):
        raise _WrittenOtherwise
    return Sequence(_new(Span, (start, start + at)), items, flow=True)


def _quoted(start: int, text: str) -> Scalar:
    return Scalar(_new(Span, (start, start + len(text))), text[1:-1], text[0])


def _nothing(at: int) -> Scalar:
    return Scalar(_new(Span, (at, at)))


#: Makes a span of a pair, without the Python-level `__new__` of a named tuple.
_new: Any = tuple.__new__
