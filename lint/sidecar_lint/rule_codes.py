"""Codes of rules as words that somebody writes, and may write wrongly."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nearest import closest

if TYPE_CHECKING:
    from collections.abc import Iterable

#: No code is a tenth as long.
_LONGEST: Final = 64


def closest_code(word: str, codes: Iterable[str]) -> str | None:
    """The code that is meant by one that no rule has: of the same number, as another is another rule.

    The beginning of a code means none of those that begin so.
    """
    known = tuple(codes)
    plain = word.upper()
    if len(word) > _LONGEST or any(code.upper().startswith(plain) for code in known):
        return None
    return closest(word, _by_number(known).get(_number(word), ()))


@lru_cache(maxsize=4)
def _by_number(codes: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(_number(code), []).append(code)
    return found


def _number(code: str) -> str:
    """The digits at the end of a code, of which there may be any number, without the zeros before them."""
    return code[len(code.rstrip("0123456789")) :].lstrip("0")
