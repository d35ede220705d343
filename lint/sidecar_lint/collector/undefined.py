"""Names in pipelines that no component has, each with the component that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nearest import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.structure import CollectorLink, Component, Structure


class UndefinedLink(NamedTuple):
    """A name that no component of a kind has; `nearest` is one that is like it, `component` what has that."""

    kind: str
    link: CollectorLink
    nearest: str | None = None
    component: Component | None = None

    def is_of(self, structure: Structure, misspelt: Component) -> bool:
        """Whether it names a component as soon as the type of that is spelt as it is here."""
        link, own = self.link.id, misspelt.id
        same = link is not None and own is not None and link.name == own.name
        return same and link is not None and structure.is_known(self.kind, link)


def undefined_links(structure: Structure) -> Iterator[UndefinedLink]:
    """The names in `service.extensions` and in pipelines that stand for nothing."""
    lists = [("extensions", structure.extensions.items)]
    lists += [(kind, links.items) for each in structure.pipelines for kind, links in each.lists.items()]
    named: dict[str, dict[str, Component]] = {}
    for kind, links in lists:
        defined = structure.linkable(kind)
        for link in links if defined is not None else ():
            if link.id is None or defined is None or link.id in defined:
                continue
            if kind not in named:
                named[kind] = {str(each.id): each for each in structure.components[kind]}
            nearest = closest(str(link.id), map(str, defined))
            yield UndefinedLink(kind, link, nearest, named[kind].get(nearest or ""))
