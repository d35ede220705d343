"""Choosing rules: by code (`SL501`), by the beginning of a code (`SL5`), by name, or by the version of Copilot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.configuration.values import LATEST, Version
from sidecar_lint.rule_codes import closest_code
from sidecar_lint.rulebook.registry import only
from sidecar_lint.syntax.nearest import closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidecar_lint.rulebook.rule import Rule


class UnknownRule(Exception):  # noqa: N818  it names a word of the user's, who is not wrong on purpose
    """A word that no installed rule answers to, and the nearest that one does."""

    def __init__(self, word: str, nearest: str | None) -> None:
        hint = f"; did you mean {nearest!r}?" if nearest else "; `sidecar-lint rules` lists them"
        super().__init__(f"no rule is called {word!r}{hint}")
        self.word = word
        self.nearest = nearest


def choose(
    rules: Sequence[Rule], select: Iterable[str], ignore: Iterable[str], *, all_known: bool = True
) -> Sequence[Rule]:
    """The rules that are selected (all, if nothing is) and not ignored.

    Each text may hold several words with commas between them. Raises UnknownRule for one to which no
    rule answers, unless there are rules that are not known.
    """
    selected, ignored = split(select), split(ignore)
    if not selected and not ignored:
        return rules
    unknown = [word for word in (*selected, *ignored) if all_known and not codes_of(rules, [word])]
    if unknown:
        raise UnknownRule(unknown[0], _nearest(rules, unknown[0]))
    unwanted = codes_of(rules, ignored)
    wanted = codes_of(rules, selected) if selected else {rule.code for rule in rules}
    return tuple(rule for rule in rules if rule.code in wanted - unwanted)


def holding(rules: Sequence[Rule], version: Version = LATEST) -> Sequence[Rule]:
    """The rules that hold for a version of Copilot."""
    return only(rules, lambda rule: rule.before is None or version < rule.before)


def codes_of(rules: Sequence[Rule], words: Iterable[str]) -> set[str]:
    """The codes of the rules that answer to any of some words; a word to which none answers is left out."""
    called = [(rule.code, rule.code.upper(), rule.name) for rule in rules]
    plain = ((word.upper(), word.lower()) for word in words)
    return {
        code
        for beginning, whole in plain
        for code, upper, name in called
        if upper.startswith(beginning) or name == whole
    }


def nearest(rules: Sequence[Rule], word: str) -> str | None:
    """The code or name most like a word to which no rule answers; None where one does, or none is like it."""
    return None if any(_answers(rule, word) for rule in rules) else _nearest(rules, word)


def named(rules: Sequence[Rule], word: str) -> Rule:
    """The rule of a code or a name. Raises UnknownRule."""
    for rule in rules:
        if word.upper() == rule.code.upper() or word.lower() == rule.name:
            return rule
    raise UnknownRule(word, _nearest(rules, word))


def split(texts: Iterable[str]) -> list[str]:
    """The words of texts that may have several with commas between them."""
    return [word.strip() for text in texts for word in text.split(",") if word.strip()]


def _answers(rule: Rule, word: str) -> bool:
    return rule.code.upper().startswith(word.upper()) or rule.name == word.lower()


def _nearest(rules: Sequence[Rule], word: str) -> str | None:
    """The most similar name or, for what looks like one, code."""
    if word[-1:].isdigit():
        return closest_code(word, (rule.code for rule in rules))
    return closest(word, (rule.name for rule in rules))
