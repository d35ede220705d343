"""Columns in the units that others count: bytes of UTF-8, code units of UTF-16."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_BEYOND_BMP: Final = 0x10000


def _utf_8(character: str) -> int:
    return len(character.encode("utf-8", "surrogatepass"))


def _utf_16(character: str) -> int:
    return 2 if ord(character) >= _BEYOND_BMP else 1


#: How many units a character has. In UTF-32 it has one, as it has for us.
_SIZES: Final[dict[str, Callable[[str], int]]] = {"utf-8": _utf_8, "utf-16": _utf_16}


class Units:
    """The columns of a text in the units of "utf-8", "utf-16" or "utf-32". Each line is looked at once.

    `line_of` gives the text of a zero-based line, without what ends it.
    """

    def __init__(self, line_of: Callable[[int], str], encoding: str) -> None:
        self._line_of = line_of
        self._size = _SIZES.get(encoding)
        self._tables: dict[int, list[int] | None] = {}

    def before(self, line: int, column: int) -> int:
        """How many units stand before a column (code points) of a line; past its end, as many as it has."""
        table = self._table(line)
        return column if table is None else table[min(column, len(table) - 1)]

    def column(self, line: int, units: int) -> int:
        """The code points of a line that have so many units; one that is cut in two is left out."""
        table = self._table(line)
        return units if table is None else bisect_right(table, units) - 1

    def _table(self, line: int) -> list[int] | None:
        """The units before each column, where they are not as many."""
        if self._size is None:
            return None
        if line not in self._tables:
            text = self._line_of(line)
            table = None if text.isascii() else [0, *accumulate(map(self._size, text))]
            self._tables[line] = table
        return self._tables[line]
