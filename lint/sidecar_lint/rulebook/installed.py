"""The installed rules as a sequence of which parts are imported only when a file has what they look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, overload

from sidecar_lint.rulebook.rule import Hook, Rule

#: Some hooks of rules (`Rule.check_collector`); None stands for all.
Hooks = frozenset[Hook] | None


class InstalledRules(Sequence[Rule]):
    """Rules by code. Whoever goes through them or counts them has all of them imported.

    `find` gives those that have any of some hooks, and perhaps more.
    """

    def __init__(self, find: Callable[[Hooks], Iterable[Rule]]) -> None:
        self._find = find
        self._found: dict[Hooks, tuple[Rule, ...]] = {}

    def having(self, hooks: Hooks) -> tuple[Rule, ...]:
        """All that have any of some hooks, and perhaps more."""
        found = self._found.get(hooks)
        if found is None:
            found = self._found[hooks] = tuple(self._find(hooks))
        return found

    def __len__(self) -> int:
        return len(self.having(None))

    @overload
    def __getitem__(self, at: int) -> Rule: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Rule]: ...
    def __getitem__(self, at: Any) -> Any:
        return self.having(None)[at]

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.having(None))


def having(rules: Sequence[Rule], hooks: Hooks) -> Sequence[Rule]:
    """All of some rules that have any of some hooks, and perhaps more."""
    return rules.having(hooks) if isinstance(rules, InstalledRules) else rules


def only(rules: Sequence[Rule], wanted: Callable[[Rule], bool]) -> Sequence[Rule]:
    """Those of some rules that are wanted; none is imported for that."""
    if isinstance(rules, InstalledRules):
        return InstalledRules(lambda hooks: filter(wanted, rules.having(hooks)))
    return tuple(filter(wanted, rules))
