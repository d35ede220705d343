"""What the rules about `depends_on` share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sidecar_lint import Container, Manifest, Scalar

CONDITIONS = ("start", "healthy", "complete", "success")
#: Conditions that wait for a container to end.
ENDING = ("COMPLETE", "SUCCESS")


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


def dependencies(manifest: Manifest) -> Iterator[Dependency]:
    """Every dependency of every container, the service's own first."""
    for container in manifest.containers.values():
        for key, condition in container.depends_on:
            if isinstance(condition, Scalar):
                yield Dependency(container, key, condition)
