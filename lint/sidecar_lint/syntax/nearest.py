"""The nearest of several names, for "did you mean"."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SIMILAR = 0.7
#: A word in which one letter matters little, in letters.
_LONG = 4
_PAIR = 2
_WORDS = re.compile(r"[_\-\s.]+|(?<=[a-z0-9])(?=[A-Z])")


def words(name: str) -> str:
    """A name without what spelling conventions add: `startPeriod` and `start_period` are one."""
    return "".join(_WORDS.split(name)).lower()


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `name`, if one is like it at all.

    The same words in another spelling come first, then the smallest difference; of equally good
    ones the first in alphabetical order.
    """
    from difflib import SequenceMatcher

    plain = words(name)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(plain)
    best: tuple[float, str] | None = None
    for candidate in sorted(set(candidates)):
        matcher.set_seq1(words(candidate))
        if matcher.real_quick_ratio() < _SIMILAR or matcher.quick_ratio() < _SIMILAR:
            continue
        ratio = matcher.ratio()
        if ratio >= _SIMILAR and (best is None or ratio > best[0]) and candidate != name:
            best = (ratio, candidate)
    return best[1] if best else None


def slip(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that somebody who wrote `name` surely meant; None where it may be another thing.

    That is the same words spelt otherwise, or one letter too many, missing, wrong or swapped with the
    next in a word of some length. Digits and short words tell things apart (`dev1`, `prod-b`).
    """
    near = closest(name, candidates)
    if near is None or words(near) == words(name):
        return near
    one, other = (_WORDS.split(each.lower()) for each in (name, near))
    pairs = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    if len(one) != len(other) or len(pairs) != 1:
        return None
    return near if _is_slip(*pairs[0]) else None


def _is_slip(one: str, other: str) -> bool:
    if max(len(one), len(other)) < _LONG or any(each.isdigit() for each in one + other):
        return False
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) <= 1 or (len(one) == len(other) == _PAIR and one == other[::-1])
