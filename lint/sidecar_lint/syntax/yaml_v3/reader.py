"""The characters that yaml.v3 refuses to read, as far as it reads.

It reads 512 bytes at a time, and no further than the scanner looks. Behind a second document that it looks
at the beginning of, anything may stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.problem import SyntaxProblem
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from sidecar_lint.syntax.source import Source

_CHUNK: Final = 512
#: In a text of ASCII alone, and in any: to compile that takes as long as to read two hundred lines.
_ASCII_CONTROL: Final = "[^\t\n\r\x20-\x7e]"
_CONTROL: Final = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def unreadable(source: Source) -> SyntaxProblem | None:
    """The first character that cannot be read, or the first byte that is none."""
    if found := _control(source.text):
        name = f"U+{ord(found[0]):04X}"
        return SyntaxProblem(Span(*found.span()), f"control characters are not allowed: {name}")
    if source.undecodable:
        at = source.undecodable.offset
        return SyntaxProblem(Span(at, at), source.undecodable.reason)
    return None


def readable(text: str) -> int:
    """How many code points of a text can be read before one that cannot."""
    found = _control(text)
    return found.start() if found else len(text)


def _control(text: str) -> re.Match[str] | None:
    return re.search(_ASCII_CONTROL, text) if text.isascii() else re.search(_CONTROL, text)


def is_read(source: Source, at: int, reach: int) -> bool:
    """Whether a code point is read when the scanner looks at `reach` of them."""
    return reach > at or reach > _chunk_start(source, at)


def _chunk_start(source: Source, at: int) -> int:
    """The first code point that is read together with another one."""
    encoding = source.encoding
    data = source.mark + source.text[: at + 1].encode(encoding, "surrogatepass")
    size = len(data) if at < len(source.text) else len(data) + 1
    start = 0
    while start + _CHUNK < size:  # a character that does not fit in whole is left to the next
        whole = data[start : start + _CHUNK].decode(encoding, "ignore")
        start += len(whole.encode(encoding))
    return len(data[len(source.mark) : start].decode(encoding))
