"""The installed rules as a sequence of which parts are imported only when a file has what they look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, overload

from sidecar_lint.rulebook.rule import Rule

#: The names of methods of rules (`check_collector`); None stands for all.
Methods = frozenset[str] | None


class InstalledRules(Sequence[Rule]):
    """Rules by code. Whoever goes through them or counts them has all of them imported.

    `find` gives those that have any of some methods, and perhaps more.
    """

    def __init__(self, find: Callable[[Methods], Iterable[Rule]]) -> None:
        self._find = find
        self._found: dict[Methods, tuple[Rule, ...]] = {}

    def having(self, methods: Methods) -> tuple[Rule, ...]:
        """All that have any of some methods, and perhaps more."""
        found = self._found.get(methods)
        if found is None:
            found = self._found[methods] = tuple(self._find(methods))
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


def having(rules: Sequence[Rule], methods: Methods) -> Sequence[Rule]:
    """All of some rules that have any of some methods, and perhaps more."""
    return rules.having(methods) if isinstance(rules, InstalledRules) else rules


def only(rules: Sequence[Rule], wanted: Callable[[Rule], bool]) -> Sequence[Rule]:
    """Those of some rules that are wanted; none is imported for that."""
    if isinstance(rules, InstalledRules):
        return InstalledRules(lambda methods: filter(wanted, rules.having(methods)))
    return tuple(filter(wanted, rules))
