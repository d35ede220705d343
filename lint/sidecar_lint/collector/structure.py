"""The parts of a configuration: its components, its pipelines, and what these refer to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.catalogue import GATED_SIGNAL, KINDS, PIPELINE, SIGNALS, Model, catalogue
from sidecar_lint.collector.findings import MistypedValue
from sidecar_lint.collector.identifiers import Id, IdError, parse
from sidecar_lint.collector.values import Type, value_of
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence, as_mapping

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class Component(NamedTuple):
    """An entry of `receivers`, `processors`, `exporters`, `connectors` or `extensions`.

    `id` is None where the key is no name, `fault` says why. `model` is what ADOT knows of its type.
    """

    kind: str
    key: Scalar
    node: Node
    id: Id | None
    fault: str = ""
    model: Model | None = None

    @property
    def path(self) -> str:
        """Where it stands, as people write it."""
        return f"{self.kind}.{self.key.text}"

    @property
    def settings_are_lost(self) -> bool:
        """Whether its settings do not count, since its key is not spelt as its id is."""
        is_set = isinstance(self.node, Mapping) and bool(self.node.entries)
        return is_set and self.id is not None and str(self.id) != self.key.text


class CollectorLink(NamedTuple):
    """A name in a pipeline or in `service.extensions`; `id` is None where it cannot be known or is none."""

    node: Scalar
    id: Id | None
    fault: str = ""


class Links(NamedTuple):
    """A list of names. `is_open` where a part of it is not known before the collector starts."""

    node: Node | None
    items: tuple[CollectorLink, ...] = ()
    is_open: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it surely names nothing."""
        return not self.items and not self.is_open


class CollectorPipeline(NamedTuple):
    """An entry of `service.pipelines`."""

    key: Scalar
    node: Node
    id: Id | None
    fault: str
    lists: dict[str, Links]
    is_open: bool

    @property
    def signal(self) -> str | None:
        """What flows through it, where that is a signal."""
        return self.id.type if self.id and self.id.type in (*SIGNALS, GATED_SIGNAL) else None


class _ComponentUse(NamedTuple):
    """A place where a component is named, and what flows there, if it is known."""

    node: Scalar
    signal: str | None


class Structure:
    """The parts of a configuration whose top is `root`."""

    def __init__(self, root: Mapping) -> None:
        self.root = root

    @cached_property
    def service(self) -> Mapping:
        """The map `service`; an empty one where it is none."""
        return as_mapping(self.root.get("service"))

    @cached_property
    def components(self) -> dict[str, tuple[Component, ...]]:
        """Everything that is defined, of each kind."""
        return {kind: tuple(self._components(kind)) for kind in KINDS}

    def _components(self, kind: str) -> Iterator[Component]:
        models = catalogue().models[kind]
        for key, node in as_mapping(self.root.get(kind)):
            try:
                id_ = parse(key.text)
            except IdError as error:
                yield Component(kind, key, node, None, str(error))
            else:
                yield Component(kind, key, node, id_, model=models.get(id_.type))

    def is_open(self, *path: str) -> bool:
        """Whether the map at a path, or one above it, is not known before the collector starts."""
        node: Node | None = self.root
        for step in path:
            node = as_mapping(node).get(step)
            if is_open(node):
                return True
        return False

    def is_known(self, kind: str, id_: Id) -> bool:
        """Whether some release of ADOT has components of this type."""
        return id_.type in catalogue().models[kind]

    def defined(self, kind: str) -> frozenset[Id]:
        """The names that components of a kind have."""
        return self._defined[kind]

    @cached_property
    def _defined(self) -> dict[str, frozenset[Id]]:
        return {
            kind: frozenset(each.id for each in components if each.id)
            for kind, components in self.components.items()
        }

    @cached_property
    def pipelines(self) -> tuple[CollectorPipeline, ...]:
        """The pipelines in the order of the text."""
        return tuple(_pipeline(key, node) for key, node in as_mapping(self.service.get("pipelines")))

    @cached_property
    def extensions(self) -> Links:
        """What `service.extensions` starts."""
        return _links(self.service.get("extensions"))

    def used(self, kind: str) -> Collection[Id]:
        """The names of a kind that a pipeline, or `service.extensions`, refers to."""
        return self._named[kind]

    def linkable(self, kind: str) -> frozenset[Id] | None:
        """What a list of a kind may name, connectors included; None where it is not known."""
        return self._linkable[kind]

    @cached_property
    def _linkable(self) -> dict[str, frozenset[Id] | None]:
        ends = {kind: (kind, "connectors") for kind in ("receivers", "exporters")}
        found: dict[str, frozenset[Id] | None] = {}
        for kind in KINDS:
            kinds = ends.get(kind, (kind,))
            known = not any(self.is_open(each) for each in kinds)
            found[kind] = frozenset().union(*map(self.defined, kinds)) if known else None
        return found

    def links_to(self, component: Component) -> list[Scalar]:
        """Where a component is named."""
        named = self._named[component.kind].get(component.id, ()) if component.id else ()
        return [place.node for place in named]

    def signals(self, component: Component) -> frozenset[str]:
        """What flows through the pipelines that a component is in."""
        named = self._named[component.kind].get(component.id, ()) if component.id else ()
        return frozenset(place.signal for place in named if place.signal)

    @cached_property
    def _named(self) -> dict[str, dict[Id, list[_ComponentUse]]]:
        """Where components of each kind are named, by their names."""
        found: dict[str, dict[Id, list[_ComponentUse]]] = {kind: {} for kind in KINDS}
        lists: list[tuple[str, Links, str | None]] = [("extensions", self.extensions, None)]
        lists += [(kind, links, each.signal) for each in self.pipelines for kind, links in each.lists.items()]
        for kind, links, signal in lists:
            for link in links.items:
                if link.id:
                    found[kind].setdefault(link.id, []).append(_ComponentUse(link.node, signal))
        return found

    def uses_are_known(self, kind: str) -> bool:
        """Whether `used` is all that is used."""
        if kind == "extensions":
            return not (self.is_open("service") or self.extensions.is_open)
        if self.is_open("service", "pipelines"):
            return False
        return not any(each.is_open or each.lists[kind].is_open for each in self.pipelines)

    def misshapen(self, checked: frozenset[int]) -> Iterator[MistypedValue]:
        """What is no map or no list where one belongs; `checked` has the components that are looked at elsewhere."""
        for kind in KINDS:
            yield from _unlike(self.root.get(kind), kind, Mapping)
            for each in self.components[kind]:
                if each.key.span.start not in checked:
                    yield from _unlike(each.node, each.path, Mapping)
        yield from _unlike(self.root.get("service"), "service", Mapping)
        yield from _list_of_names(self.service.get("extensions"), "service.extensions")
        yield from _unlike(self.service.get("pipelines"), "service.pipelines", Mapping)
        for pipeline in self.pipelines:
            place = f"service.pipelines.{pipeline.key.text}"
            yield from _unlike(pipeline.node, place, Mapping)
            for kind in PIPELINE:
                yield from _list_of_names(pipeline.lists[kind].node, f"{place}.{kind}")


def _list_of_names(node: Node | None, place: str) -> Iterator[MistypedValue]:
    yield from _unlike(node, place, Sequence)
    for number, item in enumerate(node.items if isinstance(node, Sequence) else ()):
        found = value_of(item).type if isinstance(item, Scalar) else _SHAPES[type(item)]
        if found not in (Type.TEXT, Type.NULL, Type.OPEN):
            yield MistypedValue(item, f"{place}[{number}]", "the name of a component", found)


def _unlike(node: Node | None, place: str, wanted: type[Node]) -> Iterator[MistypedValue]:
    if node is None or node.is_null or isinstance(node, wanted) or is_open(node):
        return
    expected = "a map" if wanted is Mapping else "a list"
    if isinstance(node, Scalar):
        instead = f"[{node.text}]" if wanted is Sequence and node.text and not node.style else None
        yield MistypedValue(node, place, expected, value_of(node).type, instead)
    else:
        yield MistypedValue(node, place, expected, _SHAPES[type(node)])


_SHAPES: Final[dict[type[Node], str]] = {Mapping: "a map", Sequence: "a list"}


def is_open(node: Node | None) -> bool:
    """Whether a value is a reference that may turn into anything."""
    return isinstance(node, Scalar) and value_of(node).type is Type.OPEN


def _pipeline(key: Scalar, node: Node) -> CollectorPipeline:
    lists = {kind: _links(as_mapping(node).get(kind)) for kind in PIPELINE}
    try:
        return CollectorPipeline(key, node, parse(key.text), "", lists, is_open(node))
    except IdError as error:
        return CollectorPipeline(key, node, None, str(error), lists, is_open(node))


def _links(node: Node | None) -> Links:
    if not isinstance(node, Sequence):
        return Links(node, is_open=node is not None)
    items = tuple(_link(item) for item in node.items if isinstance(item, Scalar))
    unknown = any(link.id is None and not link.fault for link in items)
    return Links(node, items, unknown or len(items) < len(node.items))


def _link(node: Scalar) -> CollectorLink:
    value = value_of(node)
    if value.type is Type.NULL:
        return CollectorLink(node, None, "a name is missing")
    if value.type is not Type.TEXT or not value.known:
        return CollectorLink(node, None)
    try:
        return CollectorLink(node, parse(str(value.data)))
    except IdError as error:
        return CollectorLink(node, None, str(error))
