"""What rules about variables and secrets go through, container by container."""

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Container, Manifest, Node, Scalar


def called(container: Container) -> str:
    """A container as a message names it."""
    if container.is_main:
        return "the service's container"
    return f"sidecar {container.name!r}" if container.is_sidecar else "the log router"


def mapped(manifest: Manifest, field: str) -> Iterator[tuple[Container, Scalar, Node]]:
    """Every entry of `variables` or `secrets`, with the container that gets it."""
    for container in manifest.containers.values():
        for key, node in container.mapping(field):
            yield container, key, node
