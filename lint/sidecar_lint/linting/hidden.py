"""What must not be shown of a file: values of secrets, and credentials that are written out."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Protocol

from sidecar_lint.manifests.credentials import credentials_in_text
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.syntax.nodes import Node
    from sidecar_lint.syntax.source import Source

#: What stands for a hidden text.
MASK = "***"


class Shown(Protocol):
    """A file of any kind that knows what of its text must not be shown."""

    @property
    def source(self) -> Source:
        """Its text."""

    @property
    def hidden(self) -> tuple[Span, ...]:
        """What it knows itself."""


def hidden_in(opened: Shown) -> tuple[Span, ...]:
    """Where it stands: what the file knows itself, and what is a credential in any text."""
    return (*opened.hidden, *credentials_in_text(opened.source.text))


class Hidden:
    """The hidden stretches of a text, joined and in order, to be asked about places."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = list(_joined(spans))
        self._starts = [span.start for span in self._spans]

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def touches(self, span: Span) -> bool:
        """Whether a character of a span is hidden; of an empty one, whether the next one is."""
        end = max(span.end, span.start + 1)
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and self._spans[at].end > span.start

    def text(self, node: Node, text: str) -> str:
        """A text that is that of a value, as it may be shown."""
        return MASK if self.touches(node.span) else text


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The same characters in spans that neither overlap nor follow each other, in order."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        elif span.start < span.end:
            found.append(span)
    return iter(found)


#: For a text of which everything may be shown.
NOTHING = Hidden(())
