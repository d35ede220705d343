"""The words of `command` and `entrypoint`, as Copilot takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sidecar_lint import Container, Manifest, Scalar, Sequence

_PIECE = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<comment>\#)|(?P<escaped>\\.)|(?P<single>'[^']*')"
    r'|(?P<double>"(?:[^"\\]|\\.)*")|(?P<plain>[^ \t\r\n\\\'"#]+)',
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class UnterminatedError(ValueError):
    """A shell string that ends within quotes or after a backslash."""


class Words(NamedTuple):
    """A `command` or `entrypoint`: its node, and its words with the scalar each is written in.

    For a string all words are written in the one scalar, which is then `node` itself. `words` is
    None where the string cannot be split. `container` is the one that it is for.
    """

    field: str
    node: Scalar | Sequence
    words: tuple[tuple[Scalar, str], ...] | None
    container: Container

    @property
    def is_string(self) -> bool:
        """Whether it is written as one shell string."""
        return isinstance(self.node, Scalar)


def overrides(manifest: Manifest) -> Iterator[Words]:
    """Every known `entrypoint` and `command` of the service and its sidecars."""
    for container in [manifest.main, *manifest.sidecars] if manifest.is_ecs else []:
        for field in ("entrypoint", "command"):
            found = words_of(container, field)
            if found is not None:
                yield found


def words_of(container: Container, field: str) -> Words | None:
    """The `entrypoint` or `command` of a container; None where it has none, or none that is known."""
    node = container.section.get(field)
    if isinstance(node, Sequence):
        scalars = [item for item in node.items if isinstance(item, Scalar) and item.known]
        words = tuple((item, item.text) for item in scalars if not item.is_null)
        return Words(field, node, words, container)
    if not isinstance(node, Scalar) or not node.known:
        return None
    try:
        return Words(field, node, tuple((node, word) for word in split(node.text)), container)
    except UnterminatedError:
        return Words(field, node, None, container)


def split(text: str) -> list[str]:
    """Split a string as github.com/google/shlex does; raises UnterminatedError."""
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
    at, within = 0, False
    while at < len(text):
        found = _PIECE.match(text, at)
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
        return _ESCAPED.sub(r"\1", piece[0][1:-1])
    if piece.lastgroup == "single":
        return piece[0][1:-1]
    return piece[0][1:] if piece.lastgroup == "escaped" else piece[0]
