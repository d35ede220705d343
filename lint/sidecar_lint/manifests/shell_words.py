"""The words of a text as Copilot splits it, with github.com/google/shlex."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE: Final = (
    r"(?s)(?P<space>[ \t\r\n]+)|(?P<comment>\#)|(?P<escaped>\\.)|(?P<single>'[^']*')"
    r'|(?P<double>"(?:[^"\\]|\\.)*")|(?P<plain>[^ \t\r\n\\\'"#]+)'
)
_ESCAPED: Final = r"(?s)\\(.)"


class UnterminatedError(ValueError):
    """A shell string that ends within quotes or after a backslash."""


def shell_words(text: str) -> list[str]:
    """The words of a text; raises UnterminatedError."""
    words: list[str] = []
    word: str | None = None
    for piece in _pieces(text):
        if piece.lastgroup == "space":
            words += [] if word is None else [word]
            word = None
        else:
            word = (word or "") + _content(piece)
    return words if word is None else [*words, word]


def bare_pieces(text: str) -> Iterator[str]:
    """What stands in a string without quotes around it, piece by piece; raises UnterminatedError."""
    return (piece[0] for piece in _pieces(text) if piece.lastgroup == "plain")


def _pieces(text: str) -> Iterator[re.Match[str]]:
    """Spaces, and the parts of words, without comments; raises UnterminatedError."""
    pieces = re.compile(_PIECE)
    at, within = 0, False
    while at < len(text):
        found = pieces.match(text, at)
        if found is None:
            raise UnterminatedError
        at = found.end()
        if found.lastgroup == "comment" and not within:
            at = text.find("\n", at) if "\n" in text[at:] else len(text)
            continue
        within = found.lastgroup != "space"
        yield found


def _content(piece: re.Match[str]) -> str:
    if piece.lastgroup == "double":
        return re.sub(_ESCAPED, r"\1", piece[0][1:-1])
    if piece.lastgroup == "single":
        return piece[0][1:-1]
    return piece[0][1:] if piece.lastgroup == "escaped" else piece[0]
