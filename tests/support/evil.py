"""Texts on which a regular expression may take a time that grows faster than the text.

Whatever a pattern can repeat is repeated, after the least that leads there, and what follows does
not fit; and each beginning of what fits is repeated by itself, as a search tries anew at each place.
"""

from __future__ import annotations

from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Ends that few patterns expect.
_ENDS = ("", "\0", "\n!")
_CANDIDATES = "a0A .:/-_,={}[]()<>\"'\\$#%&*!|~@+?\n\tsmhxyz19ü"
_MOST = 4


def evil_texts(pattern: str, flags: int, length: int) -> Iterator[str]:
    """Texts of about a length (in code points) that may take a pattern long."""
    parsed = parser.parse(pattern, flags)
    pumps = {(before, pump) for before, pump in _pumps(list(parsed), "") if pump}
    for before, pump in sorted(pumps):
        for end in _ENDS:
            yield before + pump * (length // len(pump)) + end
    for start in sorted(_beginnings(list(parsed))):
        yield start * (length // len(start))
        yield f"{start} " * (length // (len(start) + 1))


def _pumps(nodes: list[Any], before: str) -> Iterator[tuple[str, str]]:
    """What can be repeated, each with the least that comes before it."""
    for kind, value in nodes:
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, body = value
            if most > _MOST:
                yield from ((before, pump) for pump in _samples(list(body)))
            yield from _pumps(list(body), before)
        else:
            for inner in _inside(kind, value):
                yield from _pumps(inner, before)
        before += next(iter(_samples([(kind, value)])), "")


def _inside(kind: Any, value: Any) -> list[list[Any]]:
    """The sequences that a node is made of."""
    if kind is sre.SUBPATTERN:
        return [list(value[3])]
    if kind is sre.BRANCH:
        return [list(each) for each in value[1]]
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [list(value[1])]
    return [list(value)] if kind is sre.ATOMIC_GROUP else []


def _samples(nodes: list[Any]) -> list[str]:
    """A few texts that a sequence fits, different in what they begin with."""
    choices = [_of_node(*node) for node in nodes]
    widest = max(map(len, choices), default=1)
    some = ("".join(each[at % len(each)] for each in choices) for at in range(widest))
    return list(dict.fromkeys(some))[:_MOST]


def _of_node(kind: Any, value: Any) -> list[str]:
    if kind is sre.LITERAL:
        return [chr(value)]
    if kind is sre.BRANCH:
        return [text for branch in value[1] for text in _samples(list(branch))][: 2 * _MOST] or [""]
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, _, body = value
        return [text * min(least, 70) for text in _samples(list(body))] if least else [""]
    if kind in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return _samples(_inside(kind, value)[0]) or [""]
    if kind in (sre.ANY, sre.IN, sre.NOT_LITERAL, sre.CATEGORY):
        return _characters(kind, value)
    return [""]


def _characters(kind: Any, value: Any) -> list[str]:
    """Characters of a class: the first that fit, of what is usual."""
    state = parser.State()
    wanted = parser.SubPattern(state, [(kind, value)])
    from re import _compiler as compiler  # type: ignore[attr-defined]

    compiled = compiler.compile(wanted, 0)
    usual = [each for each in _CANDIDATES if compiled.fullmatch(each)]
    others = (chr(code) for code in range(0x3000) if compiled.fullmatch(chr(code)))
    return usual[:_MOST] or [next(others, "")]


def _beginnings(nodes: list[Any]) -> set[str]:
    """The beginnings of the least that fits: what a search takes for the start of a find."""
    starts = {""}
    for number in range(1, len(nodes) + 1):
        starts.update(_samples(nodes[:number]))
    for kind, value in nodes:
        for inner in _inside(kind, value):
            starts |= _beginnings(inner) if len(starts) < 64 else set()
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            starts |= _beginnings(list(value[2]))
    return starts - {""}
