"""`overrides/cfn.patches.yml`: changes of the template that Copilot makes, as Copilot reads them.

Source: internal/pkg/override/patch.go; each statement was asked of the released binary.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import Edit
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import Tree, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.source import Source

#: The file of patches in an `overrides/` folder.
PATCHES: Final = "cfn.patches.yml"
#: What a patch can do; in small letters.
OPERATIONS: Final = ("add", "remove", "replace")
#: The fields of a patch; Copilot ignores any other.
FIELDS: Final = ("op", "path", "value")
#: More steps than any path into a template has.
_LONGEST: Final = 100
#: Where a document ends.
_ENDS: Final = r"(?m)^(?:---|\.\.\.)"
_WITH_VALUE: Final = ("add", "replace")


class Patch(NamedTuple):
    """One patch: what it does, where in the template, and the value to put there.

    `number` is its place among the patches, as Copilot counts them, from 0; `value` is None where none is written.
    """

    number: int
    operation: str
    path: str
    value: Node | None
    item: Mapping

    @property
    def steps(self) -> tuple[str, ...]:
        """The keys and indexes on the way: what stands before the first slash is thrown away."""
        return tuple(step.replace("~1", "/").replace("~0", "~") for step in self.path.split("/")[1:])

    @property
    def place(self) -> Node:
        """Where the path is written, or the patch."""
        return self.item.get("path") or self.item

    @property
    def is_applicable(self) -> bool:
        """Whether it has what Copilot needs to try it, and no template is as deep as its path is long."""
        return self.operation in OPERATIONS and not self.lacks_value and len(self.steps) <= _LONGEST

    @property
    def lacks_value(self) -> bool:
        """Whether it must have a value and has none; `null` is one."""
        return self.operation in _WITH_VALUE and self.value is None

    @property
    def is_rooted(self) -> bool:
        """Whether its path begins with a slash: any other means something else than is written."""
        return self.path.startswith("/")

    def mentions(self, name: str) -> bool:
        """Whether a property of this name is on the way to the place, or in what is put there."""
        return name in self.steps or self.puts(name)

    def puts(self, name: str) -> bool:
        """Whether a property of this name is in what is put there."""
        return _holds(self.value, name)


class PatchesFile:
    """A text as a `cfn.patches.yml`."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @cached_property
    def tree(self) -> Tree:
        """The YAML as written."""
        return read(self.source)

    @property
    def is_readable(self) -> bool:
        """Whether Copilot can read all of it."""
        return not self.tree.unread and not self.tree.too_deep and not self.misfits

    @cached_property
    def misfits(self) -> tuple[Node, ...]:
        """The values for which Copilot refuses the whole file: they are no list, no map or no text."""
        return tuple(_misfits(self.tree.root))

    @cached_property
    def patches(self) -> tuple[Patch, ...]:
        """The patches in their order; null items count for nothing."""
        root = self.tree.root
        maps = (
            [item for item in root.items if isinstance(item, Mapping)] if isinstance(root, Sequence) else []
        )
        return tuple(_patch(number, item) for number, item in enumerate(maps))

    @property
    def first(self) -> Span:
        """Where to point at when nothing in it is to blame: the line on which it begins."""
        root = self.tree.root
        start = self.source.text.rfind("\n", 0, root.span.start) + 1 if root else 0
        number = self.source.position(start).line
        return Span(start, start + len(self.source.line(number)))

    def appending(self, patches: str) -> Edit | None:
        """The edit that adds patches at the end, given as items of a block at the margin.

        None where they would not be a part of the list: it is written in brackets, or goes on in another document.
        """
        root, text = self.tree.root, self.source.text
        if self.tree.second_document or (root is not None and re.compile(_ENDS).search(text, root.place.end)):
            return None
        if (
            isinstance(root, Sequence)
            and root.flow
            and not root.items
            and root.span.start == self.first.start
        ):
            return Edit(root.span, patches.rstrip("\n"))
        if root is not None and not root.is_null and not self._is_block:
            return None
        margin = " " * (_margin(text, root.items[0].place.start) if isinstance(root, Sequence) else 0)
        lines = "".join(f"{margin}{line}\n" for line in patches.splitlines())
        at = len(text)
        return Edit(Span(at, at), lines if not text or text.endswith("\n") else f"\n{lines}")

    @property
    def _is_block(self) -> bool:
        root = self.tree.root
        return isinstance(root, Sequence) and not root.flow and bool(root.items)


def _margin(text: str, start: int) -> int:
    """How far the dash before an item is from the margin."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return len(before) - len(before.lstrip(" "))


def _patch(number: int, item: Mapping) -> Patch:
    return Patch(number, _text(item, "op"), _text(item, "path"), item.entries.get("value"), item)


def _text(item: Mapping, name: str) -> str:
    node = item.get(name)
    return node.text if isinstance(node, Scalar) else ""


def _misfits(root: Node | None) -> Iterator[Node]:
    if isinstance(root, Sequence):
        for item in root.items:
            if isinstance(item, Mapping):
                fields = (item.get(name) for name in ("op", "path"))
                yield from (node for node in fields if node is not None and not isinstance(node, Scalar))
                yield from (again for again, _ in item.duplicates)
            elif not item.is_null:
                yield item
    elif root is not None and not root.is_null:
        yield root


def _holds(node: Node | None, name: str) -> bool:
    if isinstance(node, Mapping):
        return name in node.entries or any(_holds(child, name) for child in node.entries.values())
    return isinstance(node, Sequence) and any(_holds(child, name) for child in node.items)
