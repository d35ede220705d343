"""Changes to the logic of rules that their own examples do not notice: very few."""

from __future__ import annotations

import random
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest
from example_reports import said
from mutants import Mutant, mutants

from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.testing import check_examples

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE: Final = 800
#: Of 1. What is left are changes that change nothing: whoever exceeds this writes examples for what is named.
MOST: Final = 0.05
PATIENCE: Final = 1.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="nothing ends a loop there"),
]


@contextmanager
def _limited() -> Iterator[None]:
    """A change may make a loop go on for ever, which is noticed."""

    def end(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE, PATIENCE)  # the engine takes what is raised, and goes on
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _survives(mutant: Mutant, before: str) -> bool:
    try:
        with _limited():
            rule = mutant.made()
            if said(rule) != before:
                return False
            check_examples(rule)
    except Exception:  # noqa: BLE001  whatever a change leads to is a way to notice it
        return False
    return True


def test_examples_notice_changes() -> None:
    rules = list(load_rules())
    before = {rule.code: said(rule) for rule in rules}
    every = [mutant for rule in rules for mutant in mutants(rule)]
    sample = random.Random(1).sample(every, SAMPLE)  # noqa: S311  the same each time
    alive = [mutant for mutant in sample if _survives(mutant, before[mutant.rule.code])]
    assert len(alive) <= MOST * SAMPLE, "\n".join(map(str, alive))


def test_a_change_that_is_shown_is_noticed() -> None:
    (rule,) = (each for each in load_rules() if each.code == "SL501")
    before = said(rule)
    assert not all(_survives(mutant, before) for mutant in mutants(rule))
