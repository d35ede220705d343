"""Which container waits for which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar

if TYPE_CHECKING:
    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.effective import EffectiveManifest

_ENDING: Final = ("COMPLETE", "SUCCESS")


class Dependency(NamedTuple):
    """One line of a `depends_on`: `container` waits for the container named `key`."""

    container: Container
    key: Scalar
    condition: Scalar

    @property
    def name(self) -> str:
        """The container waited for."""
        return self.key.text

    @property
    def word(self) -> str:
        """The condition as Copilot compares it; a null is an empty text to it."""
        return "" if self.condition.is_null else self.condition.text.upper()

    @property
    def waits_for_end(self) -> bool:
        """Whether it waits for the other container to end."""
        return self.word in _ENDING


def awaited_for_health(manifest: EffectiveManifest) -> dict[str, str]:
    """The containers that another one waits for to be healthy, each with the first that does."""
    found: dict[str, str] = {}
    for dependency in dependencies(manifest):
        if dependency.word == "HEALTHY":
            found.setdefault(dependency.name, dependency.container.name)
    return found


def dependencies(manifest: EffectiveManifest) -> list[Dependency]:
    """Every dependency of every container, the service's own first."""
    return [
        Dependency(container, key, condition)
        for container in manifest.containers.values()
        for key, condition in container.depends_on
        if isinstance(condition, Scalar)
    ]
