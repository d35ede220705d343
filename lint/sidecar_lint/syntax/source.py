"""The text of one file, and the only place that turns offsets into lines and columns."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, repeat
from operator import add, sub
from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.units import Units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: What ends a line for YAML and for an editor alike; NEL, LS and PS end none in an editor.
_LINE_END = r"\r\n?|\n"

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Position(NamedTuple):
    """A place in a text: zero-based line, zero-based column in code points."""

    line: int
    column: int


class Margin(NamedTuple):
    """How a line begins: the code points of white space, and the character that follows; none on an empty one."""

    indent: int
    first: str


class Undecodable(NamedTuple):
    """Bytes that are no text: the zero-based code point at which reading had to stop, and why."""

    offset: int
    reason: str


class _SourceFields(NamedTuple):
    path: str
    text: str
    encoding: str = "utf-8"
    mark: bytes = b""
    undecodable: Undecodable | None = None


class Source(_SourceFields):
    """A file as text.

    `path` is how the user named it. `text` has no byte order mark; `encoding` and `mark` say how
    to write it back. `undecodable` is set when the bytes were no text, and `text` then holds what
    came before the first bad byte.
    """

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> Source:
        """Read bytes as YAML does: UTF-8, or UTF-16 if a byte order mark says so. Never raises."""
        mark, encoding = next(
            ((mark, name) for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)),
            (b"", "utf-8"),
        )
        body = data[len(mark) :]
        try:
            return cls(path, body.decode(encoding), encoding, mark)
        except UnicodeDecodeError as error:
            good = body[: error.start].decode(encoding, "ignore")
            reason = f"byte {error.start + len(mark)} is not {encoding.upper()}"
            return cls(path, good, encoding, mark, Undecodable(len(good), reason))

    @property
    def writable(self) -> bool:
        """Whether the text is all of the file: what could not be decoded would be lost in writing it."""
        return self.undecodable is None

    def keep_text_only(self) -> None:
        """Forget what was made of the text (its lines, its tree): it is made anew when it is asked for."""
        self.__dict__.clear()

    def __getstate__(self) -> None:
        """What is handed to another process besides the text: nothing that was made of it."""

    @property
    def encoded(self) -> bytes:
        """The text as it is written back. Raises UnicodeEncodeError where it holds half a character."""
        return self.mark + self.text.encode(self.encoding)

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins; never empty."""
        if "\r" in self.text:
            return [0, *(ending.end() for ending in re.finditer(_LINE_END, self.text))]
        lengths = map(len, self.text.split("\n"))
        return [0, *accumulate(map(add, lengths, repeat(1)))][:-1]

    @cached_property
    def line_ends(self) -> list[int]:
        """The offset at which each line ends, before what ends it."""
        if "\r" in self.text:
            return [*(ending.start() for ending in re.finditer(_LINE_END, self.text)), len(self.text)]
        return [*map(sub, self.line_starts[1:], repeat(1)), len(self.text)]

    def position(self, offset: int) -> Position:
        """The line and column of a code point; an offset past the end is the end."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self.line_starts, offset) - 1
        return Position(line, offset - self.line_starts[line])

    def offset(self, position: Position) -> int:
        """The code point at a line and column; past a line's end is the line's end."""
        if position.line >= len(self.line_starts):
            return len(self.text)
        return min(self.line_starts[position.line] + position.column, self.line_ends[position.line])

    def line(self, number: int) -> str:
        """The text of a zero-based line, without what ends it."""
        return self.text[self.line_starts[number] : self.line_ends[number]]

    def margin(self, number: int) -> Margin:
        """How a zero-based line begins."""
        if number not in self._margins:
            start, end = self.line_starts[number], self.line_ends[number]
            blank = len(self.text[start:end]) - len(self.text[start:end].lstrip())
            self._margins[number] = Margin(blank, self.text[start + blank : min(start + blank + 1, end)])
        return self._margins[number]

    @cached_property
    def _margins(self) -> dict[int, Margin]:
        return {}

    def visible_end(self, start: int, end: int) -> int:
        """Where a stretch ends without the white space at its end."""
        while end > start and self.text[end - 1 : end].isspace():
            end -= 1
        return end

    def units(self, encoding: str) -> Units:
        """Its columns in the units of an encoding: "utf-8", "utf-16" or "utf-32"."""
        if encoding not in self._units:
            self._units[encoding] = Units(self.line, encoding)
        return self._units[encoding]

    @cached_property
    def _units(self) -> dict[str, Units]:
        return {}


def masked(source: Source, spans: Iterable[tuple[int, int]]) -> Source:
    """The same text with an asterisk for every visible character of some spans; places stay the same."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if max(start, at) < end:
            pieces += [source.text[at:start], re.sub(r"\S", "*", source.text[max(start, at) : end])]
            at = end
    return source._replace(text="".join(pieces) + source.text[at:]) if pieces else source


def between(spans: Iterable[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """What lies between spans, which are sorted, and around them in a text of a length."""
    at = 0
    for start, end in spans:
        if start > at:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length
