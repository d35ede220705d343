"""Noticing what of a manifest a rule looks at.

Most environments change little: a few sections, a variable of a sidecar, or no more than their own name in
the path of a secret. A rule that looked at nothing of that says in such an environment what it said before,
so it need not run again. Nothing is asked of a rule for that.
"""

from __future__ import annotations

from operator import attrgetter, is_
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, overload

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Value = TypeVar("Value")
#: The names that lead to a value; the last is `NAMES` for which names a map has, and their order.
Place = tuple[str, ...]

NAMES: Final = "*"
#: What a map has besides its values. What is `open` about it only decides how the manifest is made.
_own: Final = attrgetter(*sorted({*Node.__slots__, *Mapping.__slots__} - {"entries", "open"}))


class Differences(NamedTuple):
    """Where an environment differs from the base, and the top-level sections that this is in."""

    places: frozenset[Place] = frozenset()
    sections: frozenset[str] = frozenset()


class Reads:
    """The places that were looked at; `everything` where it cannot be told.

    Of the top-level sections in `whole` it cannot be told which parts of them were.
    """

    __slots__ = ("everything", "places", "whole")

    def __init__(self) -> None:
        self.places: set[Place] = set()
        self.whole: set[str] = set()
        self.everything = False

    def forget(self) -> None:
        """Begin anew."""
        self.places.clear()
        self.whole.clear()
        self.everything = False

    def add(self, other: Reads) -> None:
        """Take over what another saw."""
        self.places |= other.places
        if other.whole:
            self.whole |= other.whole
        if other.everything:
            self.everything = True

    def meet(self, differences: Differences) -> bool:
        """Whether any of it is not what it was."""
        return (
            self.everything
            or not self.places.isdisjoint(differences.places)
            or not self.whole.isdisjoint(differences.sections)
        )


_UNKNOWN: Final = Reads()


class Watched(dict[str, Node]):
    """The values of a manifest, or of a map in it; the `reads` of the manifest learn of each that is looked up."""

    def __init__(self, entries: dict[str, Node], place: Place = (), top: Watched | None = None) -> None:
        super().__init__(entries)
        self.reads = Reads()
        self._place = place
        self._top = top or self

    def _saw(self, name: object) -> None:
        self._top.reads.places.add((*self._place, str(name)))

    def _saw_names(self) -> None:
        if self._place:
            self._saw(NAMES)
        else:
            self.reads.everything = True

    def _saw_all(self) -> None:
        self._saw_names()
        self._top.reads.places.update((*self._place, name) for name in dict.keys(self))

    def get(self, name: str, default: Any = None) -> Any:
        self._top.reads.places.add((*self._place, name))  # as `_saw` does: this one is asked the most
        return dict.get(self, name, default)

    def __getitem__(self, name: str) -> Node:
        self._saw(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._saw(name)
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self._saw_names()
        return super().__iter__()

    def __reversed__(self) -> Iterator[str]:
        self._saw_names()
        return super().__reversed__()

    def __len__(self) -> int:
        self._saw_names()
        return super().__len__()

    def __eq__(self, other: object) -> bool:
        self._top.reads.everything = True
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        self._top.reads.everything = True
        return super().__ne__(other)

    __hash__ = None  # as that of every dict

    def __repr__(self) -> str:
        self._saw_all()
        return super().__repr__()

    # Of a map with nothing in it Python asks neither for names nor for how many there are.

    def __or__(self, other: Any) -> Any:
        self._saw_all()
        return super().__or__(other)

    def copy(self) -> dict[str, Node]:
        self._saw_all()
        return super().copy()

    def keys(self) -> Any:
        self._saw_names()
        return super().keys()

    def values(self) -> Any:
        self._saw_all()
        return super().values()

    def items(self) -> Any:
        self._saw_all()
        return super().items()


def differences(base: dict[str, Node], own: dict[str, Node]) -> Differences:
    """Where the sections of an environment are not those of the base."""
    places = frozenset(_differences(base, own, (), set()))
    return Differences(places, frozenset(place[0] for place in places))


def _differences(
    base: dict[str, Node], own: dict[str, Node], place: Place, seen: set[tuple[int, int]]
) -> Iterator[Place]:
    has_other_names = list(base) != list(own)
    if place and has_other_names:
        yield (*place, NAMES)
    for name in dict.fromkeys((*base, *own)) if has_other_names else base:
        one, other = base.get(name), own.get(name)
        if one is other:
            continue
        pair = id(one), id(other)
        # What is in several places, through an alias, is only looked into once.
        if (
            isinstance(one, Mapping)
            and isinstance(other, Mapping)
            and pair not in seen
            and _alike(one, other)
        ):
            seen.add(pair)
            yield from _differences(one.entries, other.entries, (*place, name), seen)
        else:
            yield (*place, name)


def _alike(one: Mapping, other: Mapping) -> bool:
    """Whether two maps differ in nothing but their values."""
    return all(map(is_, _own(one), _own(other)))


def watch_below(sections: Watched, places: set[Place]) -> None:
    """Notice also what is looked at in the maps of a manifest that lead to some places."""
    ways = {place[:end] for place in places for end in range(1, len(place))}
    for name in {way[0] for way in ways}:
        dict.__setitem__(sections, name, _watched(dict.__getitem__(sections, name), (name,), ways, sections))


def _watched(node: Node, place: Place, ways: set[Place], top: Watched) -> Node:
    if place not in ways or not isinstance(node, Mapping):
        return node
    entries = {name: _watched(child, (*place, name), ways, top) for name, child in node.entries.items()}
    return node.with_entries(Watched(entries, place, top))


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


class Derivation(NamedTuple):
    """What was derived of a manifest, and from what of it.

    `is_closed`: it holds none of the maps that an environment may change something in.
    """

    value: Any
    reads: Reads
    is_closed: bool


def once(manifest: Any, make: Callable[[Any], Value]) -> Value:
    """What a function makes of a manifest; it is called for the first who asks.

    Of an environment that changes nothing it looks at, that is what it made of the base.
    """
    made: Derivation | None = manifest.made.get(make)
    if made is None:
        made = manifest.made[make] = _made_of_base(manifest, make) or _make(manifest, make)
    value, reads, _ = made
    if manifest.is_watched:
        manifest.sections.reads.add(reads)
    result: Value = value
    return result


def _made_of_base(manifest: Any, make: Callable[[Any], Any]) -> Derivation | None:
    made: Derivation | None = manifest.made_of_base.get(make)
    return made if made and made.is_closed and not made.reads.meet(manifest.differences) else None


def _make(manifest: Any, make: Callable[[Any], Any]) -> Derivation:
    if not manifest.is_watched:
        return Derivation(make(manifest), _UNKNOWN, is_closed=False)
    sections: Watched = manifest.sections
    outer, sections.reads = sections.reads, Reads()
    try:
        value = make(manifest)
        if not _is_plain(value):  # what it makes later of what it has, nobody is told of
            sections.reads.whole |= {place[0] for place in sections.reads.places}
            return Derivation(value, sections.reads, is_closed=False)
        return Derivation(value, sections.reads, is_closed=_is_closed(value))
    finally:
        sections.reads = outer


def _is_plain(value: object) -> bool:
    """Whether a value remembers nothing: what is asked of it is asked of the manifest each time."""
    if hasattr(value, "__dict__"):
        return False
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, (tuple, list, set, frozenset)):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, (str, int, float, Node))


def _is_closed(value: object) -> bool:
    """Whether a plain value holds no map that is watched."""
    if isinstance(value, dict):
        return all(map(_is_closed, value.values()))
    if isinstance(value, (tuple, list, set, frozenset)):
        return all(map(_is_closed, value))
    return not (isinstance(value, Mapping) and isinstance(value.entries, Watched))
