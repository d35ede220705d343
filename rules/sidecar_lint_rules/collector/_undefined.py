"""Names in pipelines that no component has, each with the component that is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from sidecar_lint import closest

if TYPE_CHECKING:
    from sidecar_lint import CollectorComponent, CollectorLink, CollectorStructure


class UndefinedLink(NamedTuple):
    """A name that no component of a kind has; `nearest` is one that is like it, `component` what has that."""

    kind: str
    link: CollectorLink
    nearest: str | None = None
    component: CollectorComponent | None = None

    def is_of(self, structure: CollectorStructure, misspelt: CollectorComponent) -> bool:
        """Whether it names a component as soon as the type of that is spelt as it is here."""
        link, own = self.link.id, misspelt.id
        same = link is not None and own is not None and link.name == own.name
        return same and link is not None and structure.is_known(self.kind, link)


def undefined_links(structure: CollectorStructure) -> Iterator[UndefinedLink]:
    """The names in `service.extensions` and in pipelines that stand for nothing."""
    yield from _undefined(structure, "extensions", structure.extensions.items)
    for pipeline in structure.pipelines:
        for kind, links in pipeline.lists.items():
            yield from _undefined(structure, kind, links.items)


def _undefined(
    structure: CollectorStructure, kind: str, links: tuple[CollectorLink, ...]
) -> Iterator[UndefinedLink]:
    defined = structure.linkable(kind)
    missing = [link for link in links if defined is not None and link.id and link.id not in defined]
    components = {str(each.id): each for each in structure.components[kind]} if missing else {}
    for link in missing:
        nearest = closest(str(link.id), map(str, defined or ()))
        yield UndefinedLink(kind, link, nearest, components.get(nearest or ""))
