from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Container,
    Dependency,
    Finding,
    Manifest,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    lost,
)


class DependencyOnEssentialContainer(Rule):
    """A container waits for an essential container to end.

    When an essential container ends, ECS stops the whole task, so nothing can come after it. The
    service's own container is always essential, and a sidecar is unless it says `essential: false`.
    """

    code, name = "SL124", "dependency-on-essential-container"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = (
        "Copilot refuses the manifest: an essential container can only be waited for to start or be healthy"
    )
    sources = ("internal/pkg/manifest/validate.go: validateDepsForEssentialContainers",)
    good = (
        """
        image: {depends_on: {migrate: success, nginx: healthy}}
        sidecars:
          migrate: {image: migrate, essential: false}
          nginx: {image: nginx}
        """,
    )
    bad = (
        Bad(
            """
            image: {depends_on: {migrate: success}}
            #                             ^^^^^^^ SL124
            sidecars:
              migrate: {image: migrate}
              nginx: {image: nginx, depends_on: {api: COMPLETE}}
            #                                         ^^^^^^^^ SL124
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for dependency in manifest.dependencies:
            target = manifest.containers.get(dependency.name)
            if not dependency.waits_for_end or target is None or target.name == dependency.container.name:
                continue
            if dependency.condition.known and _is_essential(target):
                yield self._finding(dependency, target, manifest)

    def _finding(self, dependency: Dependency, target: Container, manifest: Manifest) -> Finding:
        message = f"container {target.name!r} is essential: {dependency.word} never comes while the task runs"
        if target.is_main:
            help_ = "the service's own container is always essential: wait for start or healthy"
            return self.finding(dependency.condition, message, help=help_)
        essential = target.section.get("essential")
        place = essential or target.key
        related = (Related(place.place, f"{target.name} is essential"),) if place else ()
        follows_from = lost(manifest, "sidecars", target.name, "essential")
        help_ = f"write essential: false in sidecars.{target.name}, or wait for start or healthy"
        return self.finding(
            dependency.condition,
            message,
            help=help_,
            related=related,
            follows_from=follows_from,
        )


def _is_essential(container: Container) -> bool:
    """Whether Copilot counts it as essential, which it does not do with the log router."""
    if container.is_main:
        return True
    node = container.section.get("essential")
    known = not isinstance(node, Scalar) or node.known
    return container.is_sidecar and container.is_essential and known
