from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Related, Rule, Severity, Stage
from sidecar_lint_rules.sidecars._dependencies import Dependency, dependencies


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

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        edges: dict[str, list[Dependency]] = {name: [] for name in manifest.containers}
        for edge in dependencies(manifest):
            if edge.name in edges and edge.name != edge.container.name:
                edges[edge.container.name].append(edge)
        done: set[str] = set()
        for name in edges:
            chain = [] if name in done else _cycle(name, edges)
            if chain and done.isdisjoint(edge.name for edge in chain):
                done.update(edge.name for edge in chain)
                yield self._finding(chain)

    def _finding(self, chain: list[Dependency]) -> Finding:
        names = " → ".join([chain[0].container.name, *(edge.name for edge in chain)])
        related = tuple(
            Related(edge.key.place, f"{edge.container.name} waits for {edge.name}") for edge in chain[1:]
        )
        message = f"the containers wait for each other: {names}"
        return self.finding(chain[0].key, message, help="remove one of these dependencies", related=related)


def _cycle(start: str, edges: dict[str, list[Dependency]]) -> list[Dependency]:
    """The shortest way from a container back to itself; empty where there is none."""
    ways: deque[list[Dependency]] = deque([edge] for edge in edges[start])
    seen: set[str] = set()
    while ways:
        way = ways.popleft()
        here = way[-1].name
        if here == start:
            return way
        if here not in seen:
            seen.add(here)
            ways.extend([*way, edge] for edge in edges[here])
    return []
