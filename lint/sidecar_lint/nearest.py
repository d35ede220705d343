"""The nearest of several names, for "did you mean"."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SIMILAR = 0.7
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
