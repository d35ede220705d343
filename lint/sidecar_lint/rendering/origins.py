"""Where the values of what is rendered are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from sidecar_lint.escaping import terminal
from sidecar_lint.template.part import Origin, Part
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.workload_file import WorkloadFile
    from sidecar_lint.syntax.nodes import Node
    from sidecar_lint.syntax.span import Span


class FilePosition(TypedDict):
    """A file, and a line and a column in it, counted from 1."""

    file: str
    line: int
    column: int


class Origins:
    """Where the values that an environment gets are written."""

    def __init__(self, document: WorkloadFile, environment: str) -> None:
        self._source = document.source
        self._environment = environment
        over = document.overrides.get(environment)
        self._spans = [span for span in (over.span, over.alias) if span] if over else []

    def of(self, node: Node, alias: Span | None = None) -> str:
        """The line of a value, and which half of the file it is in; `alias` is how it got there."""
        line = self._source.position(node.place.start).line + 1
        places = [span for span in (node.place, node.alias, alias) if span]
        overridden = any(_within(place, span) for place in places for span in self._spans)
        return terminal(f"line {line}, {f'environments.{self._environment}' if overridden else 'base'}")

    def text(self, origin: Origin) -> str:
        """The same for a value of a template, which may come from another file."""
        if origin.source is None:
            return self.of(origin.node)
        line = origin.source.position(origin.node.place.start).line + 1
        return terminal(f"{origin.source.path}, line {line}")

    def place(self, origin: Origin) -> FilePosition:
        """The place for a program."""
        source = origin.source or self._source
        position = source.position(origin.node.place.start)
        return {"file": source.path, "line": position.line + 1, "column": position.column + 1}

    def places(self, value: Value) -> dict[str, FilePosition]:
        """The places of everything in a document that is written somewhere, by its JSON pointer."""
        return {part.pointer: self.place(part.origin) for part in _written(Part(value)) if part.origin}


def _written(part: Part) -> Iterator[Part]:
    """The parts that have an origin of their own."""
    if isinstance(part.whole, Sourced):
        yield part
    for child in part.children():
        yield from _written(child)


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
