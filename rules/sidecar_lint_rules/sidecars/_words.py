"""The words of `command` and `entrypoint`, as Copilot takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sidecar_lint import Manifest, Node, Scalar, Sequence

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
    None where the string cannot be split.
    """

    field: str
    node: Scalar | Sequence
    words: tuple[tuple[Scalar, str], ...] | None

    @property
    def is_string(self) -> bool:
        """Whether it is written as one shell string."""
        return isinstance(self.node, Scalar)


def overrides(manifest: Manifest) -> Iterator[Words]:
    """Every known `entrypoint` and `command` of the service and its sidecars."""
    sections = [manifest.root] if manifest.is_ecs else []
    sections += [sidecar.section for sidecar in manifest.sidecars]
    for section in sections:
        for field in ("entrypoint", "command"):
            found = _words(field, section.get(field))
            if found is not None:
                yield found


def _words(field: str, node: Node | None) -> Words | None:
    if isinstance(node, Sequence):
        scalars = [item for item in node.items if isinstance(item, Scalar) and item.known]
        return Words(field, node, tuple((item, item.text) for item in scalars if not item.is_null))
    if not isinstance(node, Scalar) or not node.known:
        return None
    try:
        return Words(field, node, tuple((node, word) for word in split(node.text)))
    except UnterminatedError:
        return Words(field, node, None)


def split(text: str) -> list[str]:
    """Split a string as github.com/google/shlex does; raises UnterminatedError."""
    words: list[str] = []
    word: str | None = None
    at = 0
    while at < len(text):
        found = _PIECE.match(text, at)
        if found is None:
            raise UnterminatedError
        at = found.end()
        if found.lastgroup == "space":
            words += [] if word is None else [word]
            word = None
        elif found.lastgroup == "comment" and word is None:
            at = text.find("\n", at) if "\n" in text[at:] else len(text)
        else:
            word = (word or "") + _content(found)
    return words if word is None else [*words, word]


def _content(piece: re.Match[str]) -> str:
    if piece.lastgroup == "double":
        return _ESCAPED.sub(r"\1", piece[0][1:-1])
    if piece.lastgroup == "single":
        return piece[0][1:-1]
    return piece[0][1:] if piece.lastgroup == "escaped" else piece[0]
