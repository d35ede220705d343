"""What makes a finding the same one tomorrow, wherever it has moved to in its file.

It is known by its rule and by the path of the entry that it is in: `sidecars.nginx.mount_points[path=/b].bogus`.
Neither lines count nor the number of an item in its list, which is known by what it says. The baseline, the
fingerprints of reports and editors all go by that; of findings that have one identity the number counts.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.linting.hidden import MASK, Hidden
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.outline import Outline, Path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sidecar_lint.embedding import Embedding
    from sidecar_lint.finding import Finding
    from sidecar_lint.linting.report import Report
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.syntax.span import Span

#: What tells the items of a list apart where they are maps: the first of these that an item has.
_NAMING: Final = (
    "name",
    "id",
    "path",
    "Sid",
    "job_name",
    "key",
    "port",
    "cidr",
    "destination",
    "metric_name",
)
#: An item is known by this many characters of what it says.
_LONGEST: Final = 40


class Identity(NamedTuple):
    """What a finding of a file is known by.

    `path` goes on into a text inside the file, behind ` > `. `outer_path` ends with the file's own entry,
    and says nothing of items but that they are some (`mount_points[].bogus`).
    """

    rule: str
    path: str
    outer_path: str


class Identities:
    """The identities of the findings of one file."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def of(self, finding: Finding) -> Identity:
        """What a finding is known by, as far as that may be shown: what is hidden in the file is not in it."""
        return Identity(finding.code, self.path(finding), self._file.bare(finding.span.start))

    def path(self, finding: Finding) -> str:
        """The path of the entry that a finding is in."""
        path, inner = self._file.named(finding.span), self._inner(finding.span)
        return f"{path} > {inner}" if inner else path

    def _inner(self, span: Span) -> str:
        """The path in the text inside the file that a span is in; empty outside of those."""
        number = bisect_right(self._starts, span.start) - 1
        if number < 0 or span.start >= self._embeddings[number].scalar.span.end:
            return ""
        inner = self._embeddings[number].inner(span)
        return self._texts[number].named(inner) if inner else ""

    @cached_property
    def _file(self) -> _Paths:
        return _Paths(self._report.source, lambda node: self._hidden.touches(node.span))

    @cached_property
    def _embeddings(self) -> list[Embedding]:
        return sorted(self._report.texts, key=lambda text: text.scalar.span)

    @cached_property
    def _starts(self) -> list[int]:
        return [text.scalar.span.start for text in self._embeddings]

    @cached_property
    def _texts(self) -> list[_Paths]:
        return [_Paths(text.source, self._is_hidden_in(text)) for text in self._embeddings]

    def _is_hidden_in(self, text: Embedding) -> Callable[[Node], bool]:
        return lambda node: self._hidden.touches(text.span(node.span))

    @cached_property
    def _hidden(self) -> Hidden:
        return Hidden(self._report.hidden)


class _Paths:
    """The paths of the entries of one text, as people write them."""

    def __init__(self, source: Source, is_hidden: Callable[[Node], bool]) -> None:
        self._source = source
        self._is_hidden = is_hidden

    @cached_property
    def _outline(self) -> Outline:
        return Outline(self._source)

    def named(self, span: Span) -> str:
        """The path of the entry that all of a span is in: items of lists by what they say."""
        around = (entry for entry in self._outline.holding(span.start) if span.end <= entry.span.end)
        entry = next(around, None)
        return _written(self._steps(entry.path)) if entry else ""

    def bare(self, at: int) -> str:
        """The path of the entry that a place is in, without what items say."""
        return _written("[]" if isinstance(step, int) else f".{step}" for step in self._outline.path(at))

    def _steps(self, path: Path) -> Iterator[str]:
        node = self._outline.tree.root
        for step in path:
            node = _below(node, step)
            if isinstance(step, int):
                yield f"[{self._item(node)}]"
            else:
                yield f".{self._text(node.key) if node and node.key else step}"

    def _item(self, item: Node | None) -> str:
        """What tells an item from the others of its list; empty where that is not known."""
        if not isinstance(item, Mapping):
            return self._text(item)[:_LONGEST] if isinstance(item, Scalar) else ""
        names = ((key, value) for key in _NAMING if isinstance(value := item.get(key), Scalar))
        return next((f"{key}={self._text(value)[:_LONGEST]}" for key, value in names), "")

    def _text(self, scalar: Scalar) -> str:
        return MASK if self._is_hidden(scalar) else " ".join(scalar.text.split())


def _below(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.entries.get(step)
    return node.items[step] if isinstance(node, Sequence) and isinstance(step, int) else None


def _written(steps: Iterable[str]) -> str:
    return "".join(steps).removeprefix(".")
