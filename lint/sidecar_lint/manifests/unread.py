"""What a manifest shows that cannot be read as YAML: the environments that wait for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A word is one from its beginning on.
_NAME = r"""(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++|"[^"\\\n]*+"|'[^'\n]*+'"""
_SECTION = r"""(?m)(?:^|[{,][ \t]*+)(["']?)environments\1[ \t]*+:[ \t]*+(\{?)"""
_LINE = rf"(?m)^( *+)({_NAME})[ \t]*+:(?=\s|\Z)"
_PIECE = rf"(?s)({_NAME})\s*+:|[\[\]{{}}]|."


def environments(text: str) -> tuple[str, ...]:
    """The names of the environments that a broken text seems to override, in its order."""
    found = re.search(_SECTION, text)
    if found is None:
        return ()
    names = _in_flow(text, found.end()) if found[2] else _in_block(text, found.end())
    return tuple(dict.fromkeys(name.strip("\"'") for name in names))


def _in_block(text: str, start: int) -> Iterator[str]:
    """The keys that are indented as the first one is, up to a line that begins at the margin."""
    section = text[start:]
    end = re.search(r"(?m)^[^\s#]", section)
    keys = list(re.compile(_LINE).finditer(section, 0, end.start() if end else len(section)))
    return (key[2] for key in keys if key[1] and key[1] == keys[0][1])


def _in_flow(text: str, start: int) -> Iterator[str]:
    depth = 1
    for piece in re.compile(_PIECE).finditer(text, start):
        depth += (piece[0] in "[{") - (piece[0] in "]}")
        if depth == 0:
            return
        if depth == 1 and piece[1]:
            yield piece[1]
