"""Noticing which sections of a manifest a rule looks at.

Most environments change few sections. A rule that looked at none of those says in such an
environment what it said before, so it need not run again. Nothing is asked of a rule for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar, overload

from sidecar_lint.syntax.nodes import Node

Value = TypeVar("Value")


class Reads:
    """The top-level sections that were looked at; `everything` where it cannot be told."""

    everything = False

    def __init__(self) -> None:
        self.sections: set[str] = set()

    def add(self, other: Reads) -> None:
        """Take over what another saw."""
        self.sections |= other.sections
        self.everything |= other.everything


class Watched(dict[str, Node]):
    """The top-level sections of a manifest; `reads` learns of each that is looked up."""

    def __init__(self, sections: dict[str, Node]) -> None:
        super().__init__(sections)
        self.reads = Reads()

    def get(self, name: str, default: Any = None) -> Any:
        self.reads.sections.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> Node:
        self.reads.sections.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.reads.sections.add(str(name))
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self.reads.everything = True
        return super().__iter__()

    def __reversed__(self) -> Iterator[str]:
        self.reads.everything = True
        return super().__reversed__()

    def __len__(self) -> int:
        self.reads.everything = True
        return super().__len__()

    def __eq__(self, other: object) -> bool:
        self.reads.everything = True
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        self.reads.everything = True
        return super().__ne__(other)

    __hash__ = None  # as that of every dict

    def keys(self) -> Any:
        self.reads.everything = True
        return super().keys()

    def values(self) -> Any:
        self.reads.everything = True
        return super().values()

    def items(self) -> Any:
        self.reads.everything = True
        return super().items()


class derived(Generic[Value]):  # noqa: N801  used as a decorator, as cached_property is
    """A cached property of a manifest. Who asks for it has looked at what it was made from."""

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, manifest: None, owner: type) -> derived[Value]: ...
    @overload
    def __get__(self, manifest: Any, owner: type) -> Value: ...
    def __get__(self, manifest: Any, owner: type) -> Any:
        if manifest is None:
            return self
        return once(manifest, self._make)


def once(manifest: Any, make: Callable[[Any], Value]) -> Value:
    """What a function makes of a manifest; it is called for the first who asks."""
    if make not in manifest.made:
        manifest.made[make] = _watch(manifest, make)
    value, reads = manifest.made[make]
    manifest.sections.reads.add(reads)
    result: Value = value
    return result


def _watch(manifest: Any, make: Callable[[Any], Value]) -> tuple[Value, Reads]:
    sections: Watched = manifest.sections
    outer, sections.reads = sections.reads, Reads()
    try:
        return make(manifest), sections.reads
    finally:
        sections.reads = outer
