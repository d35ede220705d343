"""What rules about variables and secrets go through, container by container."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Container, Manifest, Node, Scalar, is_blank

#: The variables with access keys of AWS.
ACCESS_KEYS: Final = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


def access_keys(container: Container) -> list[Scalar]:
    """The names with which a container gets access keys; none where it does not get both."""
    found = [key for name in ACCESS_KEYS if (key := _given(container, name))]
    return found if len(found) == len(ACCESS_KEYS) else []


def _given(container: Container, name: str) -> Scalar | None:
    """The name of a variable or secret that has a value."""
    for field in ("variables", "secrets"):
        node = container.mapping(field).get(name)
        if node is not None and not is_blank(node):
            return node.key
    return None


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
