"""The settings of a component, with what the collector takes where nothing is written.

Every question has the answer None where it cannot be known: behind a reference, or where the value
has a type that the collector refuses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.structure import is_open
from sidecar_lint.collector.values import Type, Value, value_of
from sidecar_lint.syntax.durations import DurationError, nanoseconds
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence, as_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABSENT: Final = Value(Type.NULL)


class Settings:
    """A map of settings. `owner` is what to point at where a setting is missing.

    `signals` are those of the pipelines that the component is in, for what depends on them.
    """

    def __init__(
        self, node: Node | None, owner: Node, place: str, signals: frozenset[str] = frozenset()
    ) -> None:
        self.node = as_mapping(node)
        self.owner = owner
        self.place = place
        self.signals = signals
        #: Whether nothing is known of it.
        self.is_open = is_open(node)

    def is_written(self, name: str) -> bool:
        """Whether a setting is there, if only as null."""
        return name in self.node.entries

    def at(self, *names: str) -> Node:
        """Where to point at for the first of these settings that is written."""
        return next((self.node.entries[name] for name in names if name in self.node.entries), self.owner)

    def path(self, name: str) -> str:
        """How people write where a setting stands."""
        return f"{self.place}.{name}"

    def _value(self, name: str) -> Value | None:
        node = self.node.entries.get(name)
        if self.is_open or (node is not None and not isinstance(node, Scalar)):
            return None
        return value_of(node) if node else _ABSENT

    def text(self, name: str, default: str = "") -> str | None:
        """A text; null is the empty one."""
        value = self._value(name)
        if value is None or not value.known:
            return None
        if value.type is Type.NULL:
            return "" if self.is_written(name) else default
        return str(value.data) if value.type is Type.TEXT else None

    def number(self, name: str, default: float = 0) -> float | None:
        """A number; null is zero."""
        value = self._value(name)
        if value is None:
            return None
        if value.type is Type.NULL:
            return 0 if self.is_written(name) else default
        return value.data if isinstance(value.data, (int, float)) and value.type is not Type.BOOL else None

    def duration(self, name: str, default: str = "0") -> float | None:
        """A duration in nanoseconds."""
        value = self._value(name)
        if value is None or not value.known:
            return None
        if value.type in (Type.NULL, Type.INT, Type.FLOAT):
            return self.number(name, nanoseconds(default))
        try:
            return nanoseconds(str(value.data)) if value.type is Type.TEXT else None
        except DurationError:
            return None

    def flag(self, name: str, *, default: bool = False) -> bool | None:
        """A bool; null is false."""
        value = self._value(name)
        if value is None:
            return None
        if value.type is Type.NULL:
            return False if self.is_written(name) else default
        return value.data if isinstance(value.data, bool) else None

    def items(self, name: str) -> list[Node] | None:
        """The items of a list; text counts as a list of its parts."""
        node = self.node.get(name)
        if self.is_open:
            return None
        if node is None:
            return []
        if isinstance(node, Sequence):
            return node.items
        if isinstance(node, Scalar) and value_of(node).type is Type.TEXT:
            return [node] if node.text else []
        return None

    def texts(self, name: str) -> list[Scalar] | None:
        """The items of a list of texts that are known; None where one of them is not."""
        items = self.items(name)
        if items is None:
            return None
        scalars = [item for item in items if isinstance(item, Scalar) and value_of(item).known]
        return scalars if len(scalars) == len(items) else None

    def blocks(self, name: str) -> Iterator[Settings]:
        """The maps of a list."""
        for number, item in enumerate(self.items(name) or ()):
            if not isinstance(item, Scalar):
                owner = item if isinstance(item, Mapping) else self.owner
                yield Settings(item, owner, f"{self.path(name)}[{number}]")

    def below(self, name: str) -> Settings:
        """A map of settings in this one."""
        node = self.node.entries.get(name)
        owner = (node.key if node and node.key else node) or self.owner
        block = Settings(node, owner, self.path(name))
        block.is_open = block.is_open or self.is_open
        return block

    def is_on(self, name: str) -> bool | None:
        """Whether an optional block is there, and not switched off."""
        if self.is_open:
            return None
        if not self.is_written(name):
            return False
        return self.below(name).flag("enabled", default=True)

    def has(self, name: str) -> bool | None:
        """Whether a setting is there and holds something."""
        node = self.node.get(name)
        if self.is_open or is_open(node):
            return None
        if isinstance(node, Mapping):
            return bool(node.entries)
        if isinstance(node, Sequence):
            return bool(node.items)
        return node is not None and not (isinstance(node, Scalar) and node.text == "")
