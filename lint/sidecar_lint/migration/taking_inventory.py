"""Taking the inventory of a workload in an environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.copilot_names import ECS_TYPES
from sidecar_lint.migration.addons import addons
from sidecar_lint.migration.containers import containers, secrets, size, variables
from sidecar_lint.migration.delivery import pipelines
from sidecar_lint.migration.export.exporting import unknown
from sidecar_lint.migration.inventory import Inventory, InventoryItem
from sidecar_lint.migration.limits import limits
from sidecar_lint.migration.logs import log_group
from sidecar_lint.migration.messages import queues, schedules, topics
from sidecar_lint.migration.migration import Migration
from sidecar_lint.migration.operation import alarms, execute_command, tasks
from sidecar_lint.migration.permissions import execution_role, task_role
from sidecar_lint.migration.placeholders import placeholders
from sidecar_lint.migration.provided_variables import provided_variables
from sidecar_lint.migration.steps import steps
from sidecar_lint.migration.traffic import discovery, load_balancers, network
from sidecar_lint.migration.volumes import volumes
from sidecar_lint.rendering.rendering import CannotRender, template_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidecar_lint.manifests.manifest import Document
    from sidecar_lint.migration.target import MigrationTarget

#: What a workload consists of, in the order in which it is told.
_PARTS: Final[tuple[Callable[[Migration], Iterator[InventoryItem]], ...]] = (
    size,
    containers,
    variables,
    secrets,
    volumes,
    log_group,
    task_role,
    execution_role,
    addons,
    load_balancers,
    discovery,
    network,
    tasks,
    alarms,
    execute_command,
    schedules,
    queues,
    topics,
    pipelines,
)


def take_inventory(document: Document, environment: str, target: MigrationTarget) -> Inventory:
    """What a workload is in an environment, and where it goes. Raises CannotRender where that is unknown."""
    return inventory_of(*migration_of(document, environment, target))


def migration_of(
    document: Document, environment: str, target: MigrationTarget
) -> tuple[Migration, tuple[str, ...]]:
    """A workload of an environment on its way, and what to say of that. Raises CannotRender."""
    if document.kind is not None and document.kind not in ECS_TYPES:
        raise CannotRender(f"a {document.kind} does not run on ECS, and is not covered")
    template, notes = template_of(document, environment)
    return Migration(template, target), notes


def inventory_of(migration: Migration, notes: tuple[str, ...]) -> Inventory:
    """Its inventory."""
    items = tuple(item for part in _PARTS for item in part(migration))
    found = tuple(limits(migration))
    blocked = any(limit.blocks for limit in found)
    stack = migration.stack
    return Inventory(
        path=migration.manifest.document.source.path,
        workload=stack.name,
        kind=stack.kind,
        application=stack.application,
        environment=migration.manifest.environment,
        target=migration.target,
        items=items,
        limits=found,
        provided_variables=tuple(provided_variables(migration)),
        placeholders=tuple(placeholders(migration, unknown(migration, blocked=blocked))),
        steps=tuple(steps(migration, items, found)),
        notes=notes,
    )
