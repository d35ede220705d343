"""A collector's configuration: a text, and everything that rules ask about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from sidecar_lint.collector.catalogue import Schema, catalogue
from sidecar_lint.collector.certainty import Reader
from sidecar_lint.collector.components import ConfiguredComponents
from sidecar_lint.collector.fields import walk
from sidecar_lint.collector.findings import EarlyField, Findings, MistypedValue, UnknownKey, WrongValue
from sidecar_lint.collector.history import history
from sidecar_lint.collector.identifiers import parse as parse_id
from sidecar_lint.collector.settings import Settings
from sidecar_lint.collector.structure import CollectorLink, is_open
from sidecar_lint.collector.surroundings import UNKNOWN, Surroundings
from sidecar_lint.collector.unknown import UnknownComponent, unknown_components
from sidecar_lint.syntax.nodes import Node, as_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.checks import Problem
    from sidecar_lint.collector.versions import Version

_TELEMETRY: Final = "service.telemetry"
#: Where in a list something stands.
_INDEX: Final = re.compile(r"\[[0-9]+\]")
#: A setting is in a few blocks; a name of many dots is not looked through to its end.
_MOST_DOTS: Final = 64


@dataclass(frozen=True)
class Configuration(ConfiguredComponents):
    """A configuration of a collector. Spans are of `source.text`.

    `versions` are the tags of the images that will read it, such as `v0.41.2`; none, or `latest`,
    is the newest. `distribution` is "adot" for AWS' own, "other" where components may be there that
    ADOT does not have. `stored` says whether the text goes into a
    parameter of Systems Manager, and is None where nobody knows.
    """

    versions: tuple[str, ...] = ()
    distribution: Literal["adot", "other"] = "adot"
    stored: bool | None = None
    #: What is around every container that gets it.
    surroundings: Surroundings = UNKNOWN

    @cached_property
    def reader(self) -> Reader:
        """What reads it, and how sure it is that this refuses what the newest release does."""
        return Reader(self.versions, self.is_adot)

    @property
    def releases(self) -> tuple[Version, ...]:
        """The releases of ADOT that read it, as far as the tags name one."""
        return self.reader.releases

    @property
    def is_adot(self) -> bool:
        """Whether AWS' own distribution reads it."""
        return self.distribution == "adot"

    @property
    def is_exact(self) -> bool:
        """Whether the release that we know to the last field reads it."""
        return self.reader.is_exact

    @cached_property
    def fields(self) -> Findings:
        """What does not fit the fields of the newest ADOT; `reader` says what that is worth."""
        return walk(self._typed()) if self.structure else Findings()

    def _typed(self) -> Iterator[tuple[Node, Schema, str]]:
        for each in self.known:
            if each.model:
                yield each.node, each.model.schema, each.path
        telemetry = self.structure.service.get("telemetry") if self.structure else None
        if telemetry is not None:
            yield telemetry, catalogue().telemetry, "service.telemetry"

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What the newest ADOT demands besides."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[Problem]:
        from sidecar_lint.collector.checks.registry import COMPONENTS, SHARED

        misspelt = {path for unknown in self.fields.unknown for path in _around(unknown.place)}
        for each in self.known:
            check = COMPONENTS[each.kind].get(each.model.name) if each.model else None
            if check and self.structure and not is_open(each.node):
                signals = self.structure.signals(each)
                # What is missing may be there under a misspelt name, which is another finding.
                told = each.path in misspelt
                for problem in check(Settings(each.node, each.key, each.path, signals)):
                    holds = self.is_exact or not problem.only_newest
                    if (
                        (self.is_used(each) or not problem.if_used)
                        and not (told and problem.missing)
                        and holds
                    ):
                        yield problem
        for block in self.fields.blocks:
            if shared := SHARED.get(block.name):
                owner = block.node.key or block.node
                yield from shared(Settings(block.node, owner, block.place))

    @cached_property
    def wrong_values(self) -> tuple[WrongValue, ...]:
        """Values that their fields do not take, where the collector looks at them."""
        values = self.fields.values
        return tuple(each for each in values if not each.if_used or self._is_in_use(each.place))

    @cached_property
    def _used_paths(self) -> frozenset[str]:
        return frozenset(each.path for each in self.known if self.is_used(each))

    def _is_in_use(self, place: str) -> bool:
        """Whether a setting belongs to a component that is in use."""
        return any(path in self._used_paths for path in _around(place))

    @cached_property
    def wrong_types(self) -> tuple[MistypedValue, ...]:
        """Values of a type that does not belong where they stand."""
        checked = frozenset(each.key.span.start for each in self.known)
        found = tuple(self.structure.misshapen(checked)) if self.structure else ()
        return (*found, *self.fields.types)

    @cached_property
    def written(self) -> frozenset[str]:
        """Where settings stand that their components know, as people write it."""
        paths = (f"{owner.place}.{key.text}" for owner in self.fields.blocks for key, _ in owner.node)
        return frozenset(
            (*paths, *(f"{each.path}.{key.text}" for each in self.known for key, _ in as_mapping(each.node)))
        )

    def removed_field(self, unknown: UnknownKey) -> str:
        """What to write instead of a setting that older releases had; nothing where they did not."""
        place = _INDEX.sub("", unknown.place.removeprefix("service."))
        path = next((each for each in _around(unknown.place) if each in self._models), "")
        if path:
            place = self._models[path] + _INDEX.sub("", unknown.place.removeprefix(path))
        return catalogue().removed_field(place, unknown.key.text)

    @cached_property
    def _models(self) -> dict[str, str]:
        """What the catalogue calls the components, by where they stand."""
        return {each.path: f"{each.kind}.{each.model.name}" for each in self.known[::-1] if each.model}

    @property
    def unknown_components(self) -> Iterator[UnknownComponent]:
        """The components that a release of ADOT which reads it does not have; of any, those that none ever had."""
        if self.structure:
            releases = self.releases if self.is_adot else ()
            yield from unknown_components(self.structure, releases, is_adot=self.is_adot)

    @cached_property
    def unjudged(self) -> tuple[Node, ...]:
        """What the newest known release refuses, and may be right for the one that reads it; of a later one, all."""
        reader, later = self.reader, bool(self.reader.later)
        if reader.is_exact and not later:
            return ()
        found: list[Node] = [each.key for each in self.unknown_components if later]
        if self.structure and not self.is_adot:
            told = {each.key.span for each in self.unknown_components}
            newest = unknown_components(self.structure, (catalogue().newest,), is_adot=True)
            found += [each.key for each in newest if each.key.span not in told]
        fields = (
            (each.key, reader.of_field(each, self.component_of(each.place))) for each in self.fields.unknown
        )
        types = ((each.node, reader.of_type(each)) for each in self.fields.types)
        found += [node for node, certainty in (*fields, *types) if later or not certainty]
        return tuple(found)

    @cached_property
    def missed_extensions(self) -> tuple[CollectorLink, ...]:
        """What components in use name as an extension, and the service does not start."""
        structure = self.structure
        if structure is None or not structure.uses_are_known("extensions") or structure.is_open("extensions"):
            return ()
        started = structure.used("extensions")
        ids = (each for each in self.fields.ids if self._is_in_use(each.place))
        links = (CollectorLink(each.node, parse_id(each.node.text)) for each in ids)
        return tuple(link for link in links if link.id not in started)

    def component_of(self, place: str) -> str:
        """What the catalogue calls the component that a setting at a place belongs to; nothing where it is none."""
        if place.startswith(_TELEMETRY):
            return _TELEMETRY
        return next((self._models[path] for path in _around(place) if path in self._models), "")

    @property
    def early_fields(self) -> Iterator[EarlyField]:
        """Settings that a release which reads it does not know yet; nothing of what is below one of them."""
        told: set[str] = set()
        for each in self.fields.known if self.is_adot else ():
            if each.place in told:
                told.add(f"{each.place}.{each.key.text}")
                continue
            component = self.component_of(each.place)
            since = history().since(component, each.key.text) if component else None
            too_old = [release for release in self.releases if since and history().oldest <= release < since]
            if since and too_old:
                told.add(f"{each.place}.{each.key.text}")
                yield EarlyField(each.key, each.place, min(too_old), since)


def _around(place: str) -> Iterator[str]:
    """What a setting may belong to: the path of it, and of all that it is in. Names may have dots, too."""
    for dot in islice(re.finditer(r"\.|$", place), _MOST_DOTS):
        yield place[: dot.start()]
