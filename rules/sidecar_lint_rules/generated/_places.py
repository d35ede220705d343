"""Where a value stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from sidecar_lint import Node, Span


class ValuePlaces:
    """Where some values stand: asked for each fault of a template, so one look is not to take all of them."""

    def __init__(self, values: Iterable[Node]) -> None:
        #: The outermost ones, in a row.
        self._spans: list[Span] = []
        for span in sorted((each.span for each in values), key=lambda each: (each.start, -each.end)):
            if not self._spans or span.end > self._spans[-1].end:
                self._spans.append(span)

    def __contains__(self, node: Node) -> bool:
        """Whether a value is one of them, or is in one."""
        at = bisect_right(self._spans, node.span.start, key=lambda span: span.start) - 1
        return at >= 0 and node.span.end <= self._spans[at].end
