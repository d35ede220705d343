"""The containers of the task, and what goes with each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.manifests.copilot_names import LOG_ROUTER, TRACING_CONTAINER
from sidecar_lint.manifests.images import ADOT_COLLECTOR, OTEL_COLLECTOR
from sidecar_lint.migration.inventory import InventoryItem, ItemKind, ItemRemark
from sidecar_lint.migration.migration import Migration, note, to_do
from sidecar_lint.syntax.nodes import Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.containers import Container

_COLLECTORS: Final = (ADOT_COLLECTOR, OTEL_COLLECTOR)


def size(migration: Migration) -> Iterator[InventoryItem]:
    """How large the task is, and what it runs on."""
    task, manifest = migration.task, migration.manifest
    platform, storage = task.get("runtimePlatform"), task.get("ephemeralStorage")
    found = [f"{task.get('cpu')} CPU units", f"{task.get('memory')} MiB"]
    found += [str(each) for each in platform.values()] if platform else []
    found += [f"{storage.get('sizeInGiB')} GiB of storage"] if storage else []
    yield migration.item(ItemKind.SIZE, ", ".join(found), manifest.get("cpu") or manifest.get("memory"))


def containers(migration: Migration) -> Iterator[InventoryItem]:
    """The containers in the order of the task definition."""
    for definition in migration.containers:
        name = str(definition.get("name", ""))
        container = migration.manifest.containers.get(name)
        yield migration.item(
            _kind(name, container), name, _node(migration, name, container), *_remarks(migration, definition)
        )


def _kind(name: str, container: Container | None) -> ItemKind:
    if container is None:
        return ItemKind.COLLECTOR if name == TRACING_CONTAINER else ItemKind.CONTAINER
    if container.role == "log router":
        return ItemKind.LOG_ROUTER
    reference = container.image_reference
    return ItemKind.COLLECTOR if reference and reference.kind in _COLLECTORS else ItemKind.CONTAINER


def _node(migration: Migration, name: str, container: Container | None) -> Node | None:
    """What a container is written for."""
    manifest = migration.manifest
    if container is None:
        return migration.stack.tracing if name == TRACING_CONTAINER else None
    return container.key or (manifest.get("logging") if name == LOG_ROUTER else manifest.get("name"))


def _remarks(migration: Migration, definition: dict[str, Any]) -> Iterator[ItemRemark]:
    name = str(definition.get("name", ""))
    container = migration.manifest.containers.get(name)
    if container is None and name == TRACING_CONTAINER:
        yield note(
            "Copilot adds it for observability.tracing, with the image v0.17.0 of February 2022: choose a newer one"
        )
    if container is not None and container.role != "log router" and container.image is None:
        yield to_do(
            "Copilot builds its image and pushes it to its own repository: build it elsewhere, and push it to a repository of yours"
        )
    if container is not None and _env_file(container):
        yield to_do(
            f"Copilot uploads {_env_file(container)} to its bucket: put it into a bucket of yours, which the execution role may read"
        )


def _env_file(container: Container) -> str:
    node = container.section.get("env_file")
    return node.text if isinstance(node, Scalar) else ""


def variables(migration: Migration) -> Iterator[InventoryItem]:
    """The variables that the manifest gives to each container."""
    for container in migration.manifest.containers.values():
        section = container.mapping("variables")
        names = [key.text for key, _ in section]
        if names:
            yield migration.item(
                ItemKind.VARIABLES,
                f"{container.name}: {', '.join(names)}",
                container.section.get("variables"),
            )


def secrets(migration: Migration) -> Iterator[InventoryItem]:
    """The secrets of each container, those of its log driver included."""
    for container in migration.manifest.containers.values():
        for secret in container.secrets():
            yield migration.item(ItemKind.SECRET, f"{container.name}: {secret.key.text}", secret.key)
