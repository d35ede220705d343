"""Giving a value of the base to one environment too, to be changed there.

The text grows by the lines that are missing below `environments`, and every other byte stays. What
comes out is read again and compared, so nothing is offered that would mean anything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import Edit
from sidecar_lint.language.action import ActionKind, CodeAction
from sidecar_lint.language.effective import environments
from sidecar_lint.language.places import Place, place_at
from sidecar_lint.linting.hidden import Hidden, hidden_in
from sidecar_lint.linting.inputs import ManifestInput
from sidecar_lint.rulebook.rule import quoted
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.outline import Outline
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.manifest import Document

ENVIRONMENTS: Final = "environments"
_FIXED: Final = ("name", "type", ENVIRONMENTS)
_STEP: Final = 2


def extractions(document: Document, at: int) -> Iterator[CodeAction]:
    """One action for each environment that is known, where the value at a place can be overridden."""
    if document.shape is None:
        return
    outline = Outline(document.source)
    place = place_at(outline, at)
    if (
        place is None
        or not _can_be_overridden(place)
        or Hidden(hidden_in(ManifestInput(document))).touches(place.node.span)
    ):
        return
    for environment in environments(document):
        edit = extraction(outline, place, environment)
        if edit:
            yield CodeAction(f"Override it in {environment}", ActionKind.REFACTOR, (edit,))


def _can_be_overridden(place: Place) -> bool:
    """Whether it is one line of text below keys alone: what is in a list goes with the whole list."""
    keys = all(isinstance(step, str) for step in place.path)
    plain = all(node.alias is None and node.tag is None for node in place.nodes)
    node = place.node
    is_line = isinstance(node, Scalar) and node.style not in ("|", ">") and not node.is_null
    return keys and plain and is_line and place.path[0] not in _FIXED


def extraction(outline: Outline, place: Place, environment: str) -> Edit | None:
    """The edit that adds `environments.<name>.<path>` with the same value; None where that cannot be."""
    source, root = outline.source, outline.tree.root
    path = (ENVIRONMENTS, environment, *map(str, place.path))
    value = source.text[place.node.span.start : place.node.span.end]
    if not isinstance(root, Mapping) or root.flow or "\n" in value or outline.tree.second_document:
        return None
    edit = _Insertion(outline, root).edit(path, value)
    return edit if edit and _means(source, edit, path, place.node) else None


class _Insertion:
    """Where the lines for a path go, and how far they are indented."""

    def __init__(self, outline: Outline, root: Mapping) -> None:
        self._source = outline.source
        self._root = root
        self._ends = {entry.path: entry.span.end for entry in outline.entries}

    def edit(self, path: tuple[str, ...], value: str) -> Edit | None:
        """The edit; None where the path is written, or something else stands in its way."""
        depth, node = self._deepest(path)
        if depth == len(path) or not isinstance(node, Mapping) or node.flow or node.alias or not node.entries:
            return None
        first = next(key for key, _ in node)
        indent = self._source.position(first.span.start).column
        if self._source.line(self._source.position(first.span.start).line)[:indent].strip():
            return None  # the first key stands behind a dash or another key
        return self._inserted(path[:depth], _lines(path[depth:], value, indent))

    def _deepest(self, path: tuple[str, ...]) -> tuple[int, Node]:
        """How many steps of a path are written, and what is at the last."""
        node: Node = self._root
        for depth, step in enumerate(path):
            below = node.entries.get(step) if isinstance(node, Mapping) else None
            if below is None:
                return depth, node
            node = below
        return len(path), node

    def _inserted(self, parent: tuple[str, ...], lines: list[str]) -> Edit:
        """Lines after the last one of a map."""
        end = self._ends[parent] if parent else max(self._ends.values())
        text, source = self._source.text, self._source
        if not parent:
            end = max(end, len(text.rstrip()))  # comments at the end stay with what they follow
        line = source.position(len(text[:end].rstrip())).line
        ending = self._line_end()
        if line + 1 == len(source.line_starts):
            written = "".join(f"{ending}{each}" for each in lines)
            return Edit(Span(len(text), len(text)), written)
        at = source.line_starts[line + 1]
        return Edit(Span(at, at), "".join(f"{each}{ending}" for each in lines))

    def _line_end(self) -> str:
        if len(self._source.line_starts) == 1:
            return "\n"
        first = len(self._source.line(0))
        return self._source.text[first : self._source.line_starts[1]]


def _lines(steps: tuple[str, ...], value: str, indent: int) -> list[str]:
    *above, last = (f"{' ' * (indent + _STEP * at)}{quoted(step, '')}:" for at, step in enumerate(steps))
    return [*above, f"{last} {value}"]


def _means(source: Source, edit: Edit, path: tuple[str, ...], value: Node) -> bool:
    """Whether the text with the edit is the old one with this value at this path, and nothing else."""
    text = source.text[: edit.span.start] + edit.text + source.text[edit.span.end :]
    before, after = read(source), read(Source(source.path, text))
    return after.problem is None and _plain(after.root) == _with(_plain(before.root), path, _plain(value))


def _plain(node: Node | None) -> object:
    """A node as plain data: equal where two texts mean the same."""
    if isinstance(node, Mapping):
        return {name: _plain(child) for name, child in node.entries.items()}
    if isinstance(node, Sequence):
        return [_plain(child) for child in node.items]
    return (node.text, node.style, node.tag) if isinstance(node, Scalar) else None


def _with(plain: object, path: tuple[str, ...], value: object) -> object:
    if not path:
        return value
    entries = dict(plain) if isinstance(plain, dict) else {}
    entries[path[0]] = _with(entries.get(path[0]), path[1:], value)
    return entries
