"""Which suppression takes which finding, in a time that grows with both numbers and not with their product."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sidecar_lint.finding import Finding
    from sidecar_lint.syntax.span import Span


class Cover(NamedTuple):
    """The stretch of a text in which a suppression takes findings, and of which rules; None for all of them."""

    scope: Span
    codes: frozenset[str] | None


def takers(covers: Sequence[Cover], findings: Iterable[Finding]) -> Iterator[int | None]:
    """For each finding the number of the first that takes it. The findings are in the order of the text."""
    by_code: dict[str | None, list[tuple[int, int, int]]] = defaultdict(list)
    for number, (scope, codes) in enumerate(covers):
        for code in (None,) if codes is None else codes:
            by_code[code].append((scope.start, number, scope.end))
    queues = {code: _Queue(waiting) for code, waiting in by_code.items()}
    for finding in findings:
        asked = (queues[code] for code in (None, finding.code) if code in queues)
        found = (queue.first(finding.span.start) for queue in asked)
        yield min((number for number in found if number is not None), default=None)


class _Queue:
    """Stretches of a text, asked for the first in number around one place after the other, onwards."""

    def __init__(self, stretches: Iterable[tuple[int, int, int]]) -> None:
        self._waiting = sorted(stretches, reverse=True)
        self._begun: list[tuple[int, int]] = []

    def first(self, at: int) -> int | None:
        while self._waiting and self._waiting[-1][0] <= at:
            _, number, end = self._waiting.pop()
            heappush(self._begun, (number, end))
        while self._begun and self._begun[0][1] < at:
            heappop(self._begun)
        return self._begun[0][0] if self._begun else None


class Places:
    """Where the findings of each rule begin."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._starts: dict[str, list[int]] = defaultdict(list)
        for finding in findings:
            self._starts[finding.code].append(finding.span.start)
        for starts in self._starts.values():
            starts.sort()

    def codes(self, cover: Cover) -> tuple[str, ...]:
        """The codes of the findings that a suppression takes, by itself or beside others; sorted."""
        codes = self._starts if cover.codes is None else cover.codes & self._starts.keys()
        return tuple(sorted(code for code in codes if self._has(code, cover.scope)))

    def _has(self, code: str, scope: Span) -> bool:
        starts = self._starts[code]
        first = bisect_left(starts, scope.start)
        return first < len(starts) and starts[first] <= scope.end
