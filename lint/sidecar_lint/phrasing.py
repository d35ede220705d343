"""What messages are made of. However much a file holds, a sentence about it stays one that can be read."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How many names anybody reads to the end.
_MOST: Final = 20
#: A text of more code points is cut, in the middle of a sentence if need be.
_LONGEST: Final = 2000


def enumerated(names: Iterable[str], last: str = ", ") -> str:
    """Names in a row: `a, b, c`, with what stands before the last one. Of many only the first are named.

    No more of the names are taken than are named, and one.
    """
    first = list(islice(names, _MOST + 1))
    if len(first) > _MOST:
        return f"{', '.join(first[:-1])} and others"
    return last.join([", ".join(first[:-1]), first[-1]]) if first[1:] else "".join(first)


def shortened(text: str) -> str:
    """A text, without its end where it is too long for a message."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
