from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from sidecar_lint import Bad, Dependency, Finding, Manifest, Related, Rule, Severity, Stage

_Edges = dict[str, list[Dependency]]
#: A longer circle is told by its first containers.
_MOST = 20


class DependencyCycle(Rule):
    """Containers wait for each other in a circle.

    None of them could ever start. The conditions do not matter.
    """

    code, name = "SL122", "dependency-cycle"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: circular container dependency chain"
    sources = ("internal/pkg/manifest/validate.go: validateNoCircularDependencies",)
    good = (
        """
        image: {depends_on: {nginx: start, envoy: start}}
        sidecars:
          nginx: {image: nginx, depends_on: {envoy: start}}
          envoy: {image: envoy}
        """,
    )
    bad = (
        Bad(
            """
            image: {depends_on: {nginx: start}}
            #                    ^^^^^ SL122
            sidecars:
              nginx: {image: nginx, depends_on: {envoy: start}}
              envoy: {image: envoy, depends_on: {api: start}}
            """
        ),
        Bad(
            """
            image: {depends_on: {nginx: start}}
            sidecars:
              nginx: {image: nginx, depends_on: {envoy: start}}
            #                                    ^^^^^ SL122
              envoy: {image: envoy, depends_on: {nginx: start}}
            """
        ),
    )
    also_good = (
        """
        image: {depends_on: {elsewhere: start}}
        sidecars: {nginx: {image: nginx, depends_on: {nginx: start}}}
        """,
    )
    also_bad = (
        Bad(
            """
            sidecars:
              a: {image: a, depends_on: {d: start, b: start}}
            #                                      ^ SL122
              b: {image: b, depends_on: {b: start, a: start}}
              c: {image: c, depends_on: {a: start}}
              d: {image: d}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        edges: _Edges = {name: [] for name in manifest.containers}
        for edge in manifest.dependencies:
            if edge.name in edges and edge.name != edge.container.name:
                edges[edge.container.name].append(edge)
        for circle in _circles(edges):
            yield self._finding(_shortest(circle, edges))

    def _finding(self, chain: list[Dependency]) -> Finding:
        names = " → ".join([chain[0].container.name, *(edge.name for edge in chain[:_MOST])])
        names += " → …" if chain[_MOST:] else ""
        related = tuple(
            Related(edge.key.place, f"{edge.container.name} waits for {edge.name}") for edge in chain[1:]
        )
        message = f"the containers wait for each other: {names}"
        return self.finding(chain[0].key, message, help="remove one of these dependencies", related=related)


def _circles(edges: _Edges) -> Iterator[list[str]]:
    """Circles of containers, none of which is in two of them. Each dependency is looked at once."""
    seen: set[str] = set()
    for start in edges:
        if start not in seen:
            yield from _circles_from(start, edges, seen)


def _circles_from(start: str, edges: _Edges, seen: set[str]) -> Iterator[list[str]]:
    way, places = [start], {start: 0}
    left = [iter(edges[start])]
    while way:
        edge = next(left[-1], None)
        at = len(way) - 1 if edge is None else places.get(edge.name)
        if at is not None:  # the way ends here, or meets itself
            seen.update(way[at:])
            if edge is not None:
                yield way[at:]
            for name in way[at:]:
                del places[name]
            del way[at:], left[at:]
        elif edge is not None and edge.name not in seen:
            places[edge.name] = len(way)
            way.append(edge.name)
            left.append(iter(edges[edge.name]))


def _shortest(circle: list[str], edges: _Edges) -> list[Dependency]:
    """The shortest way from the first container of a circle back to it, through no others."""
    start, inside = circle[0], set(circle)
    came_by: dict[str, Dependency] = {}
    waiting = deque([start])
    while start not in came_by:
        for edge in edges[waiting.popleft()]:
            if edge.name in inside and edge.name not in came_by:
                came_by[edge.name] = edge
                waiting.append(edge.name)
    way = [came_by[start]]
    while way[-1].container.name != start:
        way.append(came_by[way[-1].container.name])
    return way[::-1]
