"""The nearest of several names, for "did you mean".

Who writes a file chooses the names in it, their lengths and their number: beyond some length and number
there is no nearest one, so that looking for it takes a bounded time.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How many of the letters of two names must be common to both; of 1.
_SIMILAR: Final = 0.7
#: The same of two words that may be one: below that they are two.
_ALIKE: Final = 0.4
#: More than anybody writes: the longest name of ours has 37 letters, and there are 260 rules.
_LONGEST: Final = 64
_MOST: Final = 500
#: How many of the candidates, the most promising ones, are looked at closely.
_TRIED: Final = 32
#: A word in which one letter matters little, in letters.
_LONG: Final = 4
_PAIR: Final = 2
_WORDS = r"[_\-\s.]+|(?<=[a-z0-9])(?=[A-Z])"


class _ComparedName(NamedTuple):
    """A name, its words, and a bit for each letter in them (of 64 bits, so some letters share one)."""

    text: str
    words: str
    letters: int

    def promise(self, other: _ComparedName) -> float:
        """What `similarity` is at most, which takes no time to say."""
        lengths = len(self.words), len(other.words)
        different = max(abs(lengths[0] - lengths[1]), (self.letters ^ other.letters).bit_count())
        return (sum(lengths) - different) / (sum(lengths) or 1)

    def similarity(self, other: _ComparedName) -> float:
        """How many of the letters of two names are common to both, in the same order; of 1."""
        return 2 * common_letters(self.words, other.words) / (len(self.words) + len(other.words))


def words(name: str) -> str:
    """A name without what spelling conventions add: `startPeriod` and `start_period` are one."""
    return "".join(re.split(_WORDS, name)).lower()


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `name`, if one is like it at all.

    The same words in another spelling come first, then the smallest difference; of equally good
    ones the first in alphabetical order. None where there are too many, or where `name` is too long.
    """
    known = list(islice(candidates, _MOST + 1))
    if len(name) > _LONGEST or len(known) > _MOST:
        return None
    wanted = _name(name)
    others = (_name(each) for each in known if each != name and len(each) <= 2 * _LONGEST)
    promising = ((-wanted.promise(each), each) for each in others)
    tried = sorted(pair for pair in promising if -pair[0] >= _SIMILAR)[:_TRIED]
    found = [(-wanted.similarity(each), each.text) for _, each in tried]
    best = min((pair for pair in found if not _differ_in_a_word(name, pair[1])), default=(0.0, ""))
    return best[1] if -best[0] >= _SIMILAR else None


def _differ_in_a_word(one: str, other: str) -> bool:
    """Whether names of as many words have one that is another word: `container_logs`, `container_insights`."""
    first, second = ([word.lower() for word in re.split(_WORDS, name)] for name in (one, other))
    if len(first) != len(second) or len(first) < _PAIR:
        return False
    pairs = zip(first, second, strict=True)
    return any(2 * common_letters(*pair) < _ALIKE * len("".join(pair)) for pair in pairs)


def adds_words(one: str, other: str) -> bool:
    """Whether one of two names is the other with more words before or after it: `stickiness_duration`.

    Such names are near in their letters; as names of fields or files they are for different things.
    """
    short, long = sorted(
        ([word.lower() for word in re.split(_WORDS, name)] for name in (one, other)), key=len
    )
    return len(short) < len(long) and short in (long[: len(short)], long[-len(short) :])


@lru_cache(maxsize=4096)
def _name(text: str) -> _ComparedName:
    plain = words(text)
    bits = {ord(letter) % 64 for letter in plain}
    return _ComparedName(text, plain, sum(1 << bit for bit in bits))


def common_letters(one: str, other: str) -> int:
    """The length of the longest common subsequence of two texts.

    Each letter of one is a bit of a number, so that a letter of the other takes one step (Hyyrö, "Bit-Parallel
    LCS-length Computation Revisited", 2004).
    """
    places: dict[str, int] = {}
    for at, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << at
    row = everything = (1 << len(one)) - 1
    for letter in other:
        matched = row & places.get(letter, 0)
        row = ((row + matched) | (row - matched)) & everything
    return (everything ^ row).bit_count()


def swapped(name: str, candidates: Iterable[str]) -> str | None:
    """The only candidate that has two letters beside each other the other way round; names may be short."""
    turned = {
        f"{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}" for at in range(len(name[:_LONGEST]) - 1)
    }
    found = sorted({each for each in candidates if each in turned and each != name})
    return found[0] if len(found) == 1 else None


def slip(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that somebody who wrote `name` surely meant; None where it may be another thing.

    That is the same words spelt otherwise, or one letter too many, missing, wrong or swapped with the
    next in a word of some length. Digits and short words tell things apart (`dev1`, `prod-b`).
    """
    near = closest(name, candidates)
    if near is None or words(near) == words(name):
        return near
    one, other = (re.split(_WORDS, each.lower()) for each in (name, near))
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
