"""What rules about variables and secrets go through: containers, and the forms of a secret."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sidecar_lint import Container, Manifest, Mapping, Node, Scalar


@dataclass(frozen=True)
class Secret:
    """A secret of a container, or of its log driver: under which name it comes, and from where.

    `form` is "" for the name or ARN itself, else the key of the map that holds it.
    """

    key: Scalar
    node: Node
    form: str
    value: Scalar | None


def called(container: Container) -> str:
    """A container as a message names it."""
    if container.is_main:
        return "the service's container"
    return f"sidecar {container.name!r}" if container.is_sidecar else "the log router"


def secrets(manifest: Manifest) -> Iterator[Secret]:
    """Every secret of every container, `logging.secretOptions` included."""
    for container in manifest.containers.values():
        fields = ("secrets",) if container.is_main or container.is_sidecar else ("secrets", "secretOptions")
        for field in fields:
            for key, node in container.mapping(field):
                yield Secret(key, node, *_source(node))


def _source(node: Node) -> tuple[str, Scalar | None]:
    """The form of a secret, as workload_ecs.go decodes it: `secretsmanager` wins."""
    if isinstance(node, Mapping):
        for form in ("secretsmanager", "from_cfn"):
            value = node.get(form)
            if isinstance(value, Scalar):
                return form, value
        return "", None
    return "", node if isinstance(node, Scalar) else None


def mapped(manifest: Manifest, field: str) -> Iterator[tuple[Container, Scalar, Node]]:
    """Every entry of `variables` or `secrets`, with the container that gets it."""
    for container in manifest.containers.values():
        for key, node in container.mapping(field):
            yield container, key, node
