"""No regular expression that meets foreign text takes longer than in proportion to it.

The patterns of all modules, schemas and tables are tried on the texts that each of them is slowest on, and the
steps of the matching are counted, which no clock disturbs.
"""

# ruff: noqa: SLF001  some tables of patterns are a module's own

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING

import pytest
from backtracking import Machine, TooManySteps
from evil import evil_texts
from patterns import Pattern, in_code, in_data, made_later

from sidecar_lint.files.patterns import expression
from sidecar_lint.manifests import credentials
from sidecar_lint.manifests.schemas import python_pattern
from sidecar_lint.syntax import parsers
from sidecar_lint_rules.logging import invalid_destination_name
from sidecar_lint_rules.sidecars import ended_product

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The length of a text whose growth is looked at, and of one that Python itself is to get through.
SHORT, LONG = 20, 50_000
#: What the steps may grow by when a text that was doubled is doubled again: 2 is linear, 4 quadratic.
_LIMIT, _FEW = 2.6, 250
_MOST = 50_000
#: A pattern that takes no longer text than this costs no more than that at any place.
_BOUNDED = 2_000


def _searching(texts: Iterable[str], flags: int = 0) -> list[Pattern]:
    return [Pattern(text, flags, searched=True) for text in texts]


def _whole(texts: Iterable[str], flags: int = 0) -> list[Pattern]:
    return [Pattern(text, flags, searched=False) for text in texts]


_GLOBS = (
    "*a*a*a*b",
    "**/a/**/a/**/b",
    "a*/**/*?[a-c]*b",
    "*" * 50 + "b",
    "[!a]*[a-z]*",
    "**",
    "a/**/b/*.yml",
)
#: Where calls get patterns that are not written there: for each call, what they are.
_ELSEWHERE: dict[str, list[Pattern]] = {
    "re.search(rule, text, re.MULTILINE)": _searching(parsers._DIFFERENCES.values(), re.MULTILINE),
    "re.fullmatch(wanted.pattern, text)": _whole(
        each.pattern for each in invalid_destination_name._NAMES.values()
    ),
    "re.fullmatch(_GONE[engine], version)": _whole(ended_product._GONE.values()),
    "re.search(kind, text)": _searching([r"[a-z]", r"[^A-Za-z0-9_/.:-]"]),
    "re.search(pattern, text)": _searching(
        pattern for *_, pattern in (*credentials._KNOWN, *credentials._WITHIN)
    ),
    "re.finditer(pattern, text)": _searching(
        pattern for *_, pattern in (*credentials._KNOWN, *credentials._HIDDEN_TOO)
    ),
    "re.fullmatch(f'{kind}-([0-9a-f]{{8}}|[0-9a-f]{{17}})', node.text)": _whole(
        ["vpc-([0-9a-f]{8}|[0-9a-f]{17})"]
    ),
    "re.findall(pattern, self._text[span.start:span.end])": [],  # two, which are named elsewhere, too
    "re.search(python_pattern(pattern), str(instance))": _searching(
        python_pattern(each.text) for each in in_data()
    ),
    "re.search(python_pattern(pattern), value)": _searching(python_pattern(each.text) for each in in_data()),
    "re.search(pattern, name)": _searching(["^x-"]),  # the names that our schemas leave to others
    "re.search(schema['pattern'], text)": [],  # of the tables, which are all tried
    "re.compile(expression(pattern), re.DOTALL)": _whole(map(expression, _GLOBS), re.DOTALL),
    """re.compile(f"{expression(pattern.removeprefix('.'))}(?:/.*)?", re.DOTALL)""": _whole(
        (f"{expression(each)}(?:/.*)?" for each in _GLOBS), re.DOTALL
    ),
    r"""re.fullmatch(f'\\$\\{{{re.escape(policy)}(\\.\\w+)?\\}}', argument.text)""": _whole(
        [r"\$\{A(\.\w+)?\}"]
    ),
    # Only compiled, to hear whether it can be.
    "re.compile(pattern)": [],
    # About examples of rules, which nobody else writes.
    're.search(f"""^[\\\\"\']?{field}[\\\\"\']?\\\\s*:""", text, re.MULTILINE)': [],
}


def _steps(machine: Machine, text: str, *, searched: bool) -> int:
    try:
        if searched:
            return machine.searched(text, most=_MOST)
        return machine.matched(text, 0, to_end=True, most=_MOST)[1]
    except TooManySteps:
        return _MOST


@cache
def _worst(pattern: Pattern, length: int) -> tuple[int, int]:
    """The steps that the worst text of a length costs, and which of the texts that is."""
    machine = Machine(pattern.text, pattern.flags)
    texts = evil_texts(pattern.text, pattern.flags, length)
    costs = ((_steps(machine, text, searched=pattern.searched), at) for at, text in enumerate(texts))
    return max(costs, default=(0, 0))


def _grows(pattern: Pattern) -> bool:
    """Whether the worst text costs more than in proportion; where no text is long, none can."""
    if parser.parse(pattern.text, pattern.flags).getwidth()[1] < _BOUNDED:
        return False
    small, double, fourfold = (_worst(pattern, length)[0] for length in (SHORT, 2 * SHORT, 4 * SHORT))
    return fourfold == _MOST or fourfold - double > _LIMIT * max(double - small, 0) + _FEW


@pytest.fixture(scope="module")
def everything() -> list[Pattern]:
    found = {*in_code(), *in_data(), *(pattern for patterns in _ELSEWHERE.values() for pattern in patterns)}
    return sorted(found)


def test_every_pattern_is_linear(everything: list[Pattern]) -> None:
    where = {**in_code(), **in_data()}
    assert [(each, where.get(each)) for each in everything if _grows(each)] == []


def test_python_gets_through_the_worst_texts(everything: list[Pattern]) -> None:
    for pattern in everything:
        _, worst = _worst(pattern, SHORT)
        text = next(islice(evil_texts(pattern.text, pattern.flags, LONG), worst, None), "")
        compiled = re.compile(pattern.text, pattern.flags)
        for _ in compiled.finditer(text) if pattern.searched else (compiled.fullmatch(text),):
            pass


def test_it_is_known_where_all_patterns_come_from() -> None:
    assert {call.source for call in made_later()} <= set(_ELSEWHERE)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"(a|a)*b",
        r"(?:a|aa)+c",
        r"a*a*b",
        r"(\w+\s?)*!",
        r"x*(?:x?)*y",
        r"(?:[^/]*a){5}b",
        r"(.*)=(.*);(.*)$",
    ],
)
def test_a_slow_pattern_is_found(pattern: str) -> None:
    assert _grows(Pattern(pattern, 0, searched=False))


@pytest.mark.parametrize("pattern", [r"a*b", r"\s+$", r"(?:rate|cron)\(.*\)", r"#.*z", r"\d+-\d"])
def test_what_is_slow_only_in_a_search_is_found(pattern: str) -> None:
    assert _grows(Pattern(pattern, 0, searched=True))


@pytest.mark.parametrize(
    "pattern", [r"a*+b", r"(?>a+)+b", r"[^a]*a", r"(?<![ ])[ ]++#", r"(?:ab)*c", r"a{1,60}b"]
)
def test_a_fast_pattern_is_not(pattern: str) -> None:
    assert not _grows(Pattern(pattern, 0, searched=False))


def test_steps_lead_where_python_gets(everything: list[Pattern]) -> None:
    for pattern in everything:
        machine, compiled = Machine(pattern.text, pattern.flags), re.compile(pattern.text, pattern.flags)
        for text in set(evil_texts(pattern.text, pattern.flags, 12)):
            match = compiled.match(text)
            end, _ = machine.matched(text, 0, to_end=False, most=_MOST)
            assert end == (match.end() if match else None), (pattern, text)
