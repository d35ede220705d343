"""The log group of the task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.migration.inventory import InventoryItem, ItemKind
from sidecar_lint.migration.migration import Migration, danger
from sidecar_lint.template.values import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.template.template import GeneratedTemplate


def retention(template: GeneratedTemplate) -> int:
    """For how many days logs are kept."""
    found = bare(template.parameter_values["LogRetention"].whole)
    return int(found) if isinstance(found, (int, str)) and str(found).isdecimal() else 30


def log_group_name(template: GeneratedTemplate) -> str:
    """What Copilot calls the log group."""
    return f"/copilot/{template.stack.full_name}"


def log_group(migration: Migration) -> Iterator[InventoryItem]:
    """The log group of the containers."""
    node = migration.manifest.get("logging", "retention")
    name = f"{log_group_name(migration.template)}, {retention(migration.template)} days"
    yield migration.item(
        ItemKind.LOG_GROUP,
        name,
        node,
        danger(
            "it is a part of Copilot's stack, and is deleted with it, logs and all: export what you have to keep"
        ),
    )
