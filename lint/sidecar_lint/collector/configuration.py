"""A collector's configuration: a text, and everything that rules ask about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sidecar_lint.collector import needs, size
from sidecar_lint.collector.catalogue import Schema, catalogue
from sidecar_lint.collector.checks import Problem
from sidecar_lint.collector.faults import Fault, faults
from sidecar_lint.collector.fields import walk
from sidecar_lint.collector.findings import Findings, WrongType, WrongValue
from sidecar_lint.collector.listening import Listener, listeners
from sidecar_lint.collector.nesting import DELIMITER, nested
from sidecar_lint.collector.settings import Settings
from sidecar_lint.collector.structure import Component, Structure, is_open
from sidecar_lint.collector.versions import Version, parse
from sidecar_lint.permissions import Need
from sidecar_lint.source import Source
from sidecar_lint.tree import Mapping, Node, Scalar, Sequence, Tree, read

_LATEST = ("", "latest")


@dataclass(frozen=True)
class Configuration:
    """A configuration of a collector. Spans are of `source.text`.

    `versions` are the tags of the images that will read it, such as `v0.41.2`; none, or `latest`,
    is the newest. `distribution` is "adot" for AWS' own, "other" where components may be there that
    ADOT does not have. `stored` says that the text goes into a parameter of Systems Manager.
    """

    source: Source
    versions: tuple[str, ...] = ()
    distribution: Literal["adot", "other"] = "adot"
    stored: bool = True

    @cached_property
    def tree(self) -> Tree:
        """The YAML as written."""
        return read(self.source)

    @cached_property
    def root(self) -> Mapping | None:
        """The top, keys with `::` taken apart; None where it is no map, or no YAML."""
        root = self.tree.root
        if not isinstance(root, Mapping):
            return None
        return nested(root) if DELIMITER in self.source.text else root

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        root = self.tree.root
        return not self.tree.unread and (root is None or root.is_null)

    @cached_property
    def structure(self) -> Structure | None:
        """Its parts; None where it is no map."""
        return Structure(self.root) if self.root is not None else None

    @cached_property
    def mappings(self) -> tuple[Mapping, ...]:
        """Every map as written, each once, from the top down."""
        return tuple(node for node in _nodes(self.tree.root) if isinstance(node, Mapping))

    @cached_property
    def scalars(self) -> tuple[Scalar, ...]:
        """Every value that is no map and no list, as written, each once."""
        return tuple(node for node in _nodes(self.tree.root) if isinstance(node, Scalar))

    @cached_property
    def releases(self) -> tuple[Version, ...]:
        """The releases of ADOT that read it, as far as the tags name one."""
        tags = self.versions or ("latest",)
        found = [catalogue().newest if tag in _LATEST else parse(tag) for tag in tags]
        return tuple(dict.fromkeys(release for release in found if release))

    @property
    def is_adot(self) -> bool:
        """Whether AWS' own distribution reads it."""
        return self.distribution == "adot"

    @property
    def is_exact(self) -> bool:
        """Whether the release that we know to the last field reads it."""
        return self.is_adot and catalogue().newest in self.releases

    @cached_property
    def used(self) -> frozenset[int]:
        """Where the keys of the components stand that a pipeline, or the service, refers to."""
        structure = self.structure
        if structure is None:
            return frozenset()
        return frozenset(
            each.key.span.start
            for kind, components in structure.components.items()
            for each in components
            if each.id in structure.used(kind)
        )

    def is_used(self, component: Component) -> bool:
        """Whether a component is in a pipeline, or started as an extension."""
        return component.key.span.start in self.used

    @cached_property
    def known(self) -> tuple[Component, ...]:
        """The components whose fields we know and whose settings count."""
        kinds = self.structure.components.values() if self.structure else ()
        return tuple(each for kind in kinds for each in kind if each.model and not each.settings_are_lost)

    @cached_property
    def fields(self) -> Findings:
        """What does not fit the fields of the newest ADOT; nothing where another one reads it."""
        return walk(self._typed()) if self.is_exact and self.structure else Findings()

    def _typed(self) -> Iterator[tuple[Node, Schema, str]]:
        for each in self.known:
            if each.model:
                yield each.node, each.model.schema, each.path
        telemetry = self.structure.service.get("telemetry") if self.structure else None
        if telemetry is not None:
            yield telemetry, catalogue().telemetry, "service.telemetry"

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What the newest ADOT demands besides; nothing where another one reads it."""
        return tuple(self._problems()) if self.is_exact else ()

    def _problems(self) -> Iterator[Problem]:
        from sidecar_lint.collector.checks.registry import COMPONENTS, SHARED

        for each in self.known:
            check = COMPONENTS[each.kind].get(each.model.name) if each.model else None
            if check and not is_open(each.node):
                for problem in check(Settings(each.node, each.key, each.path)):
                    if self.is_used(each) or not problem.if_used:
                        yield problem
        for block in self.fields.blocks:
            if shared := SHARED.get(block.name):
                owner = block.node.key or block.node
                yield from shared(Settings(block.node, owner, block.place))

    @cached_property
    def wrong_values(self) -> tuple[WrongValue, ...]:
        """Values that their fields do not take, where the collector looks at them."""
        used = tuple(f"{each.path}." for each in self.known if self.is_used(each))
        return tuple(each for each in self.fields.values if not each.if_used or each.place.startswith(used))

    @cached_property
    def wrong_types(self) -> tuple[WrongType, ...]:
        """Values of a type that does not belong where they stand."""
        checked = frozenset(each.key.span.start for each in self.known) if self.is_exact else frozenset()
        found = tuple(self.structure.misshapen(checked)) if self.structure else ()
        return (*found, *self.fields.types)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """References that the newest ADOT cannot resolve, whatever the environment."""
        return tuple(faults(self.source.text, self.scalars)) if self.is_exact else ()

    @cached_property
    def listeners(self) -> tuple[Listener, ...]:
        """What the components in use listen at."""
        return tuple(listeners(self.known, self.is_used)) if self.structure else ()

    @cached_property
    def size(self) -> size.Size:
        """How much room it takes."""
        return size.measure(self.source.text)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What the task role must allow for the components that are in use."""
        return tuple(needs.needs(self)) if self.structure else ()


def _nodes(root: Node | None) -> Iterator[Node]:
    seen: set[int] = set()
    pending = [root] if root is not None else []
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            if node.span.start not in seen or node.span.start == node.span.end:
                seen.add(node.span.start)
                yield node
        elif id(node) not in seen and (node.alias is None or node.span.start not in seen):
            seen.add(node.span.start)
            yield node
            children = node.entries.values() if isinstance(node, Mapping) else ()
            items = node.items if isinstance(node, Sequence) else ()
            pending += [*children, *items][::-1]
