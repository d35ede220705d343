"""Inventories for programs. The contract is in docs/leaving.md; `VERSION` changes when it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint import __version__
from sidecar_lint.escaping import json_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidecar_lint.migration.inventory import Inventory, InventoryItem, TargetLimit

VERSION: Final = 1


def json_text(inventories: Sequence[Inventory]) -> str:
    """One JSON object with all of them."""
    tool = {"name": "sidecar-lint", "version": __version__}
    document = {"version": VERSION, "tool": tool, "inventories": [_inventory(each) for each in inventories]}
    return f"{json_document(document, indent=2)}\n"


def _inventory(inventory: Inventory) -> dict[str, Any]:
    return {
        "file": inventory.path,
        "workload": inventory.workload,
        "type": inventory.kind,
        "application": inventory.application,
        "environment": inventory.environment,
        "target": inventory.target.value,
        "as_of": inventory.as_of,
        "sources": list(inventory.target.sources),
        "blocked": inventory.blocked,
        "items": [_item(item) for item in inventory.items],
        "limits": [_limit(limit) for limit in inventory.limits],
        "literals": [
            {"name": each.name, "value": each.value, "containers": list(each.containers)}
            for each in inventory.provided_variables
        ],
        "placeholders": [
            {"name": each.name, "command": each.command or None, "made": None if each.command else each.made}
            for each in inventory.placeholders
        ],
        "steps": list(inventory.steps),
        "notes": list(inventory.notes),
    }


def _item(item: InventoryItem) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "name": item.name,
        "place": item.place,
        "destination": item.destination,
        "remarks": [{"level": each.level.value, "text": each.text} for each in item.remarks],
    }


def _limit(limit: TargetLimit) -> dict[str, Any]:
    return {"topic": limit.topic, "text": limit.text, "place": limit.place, "blocks": limit.blocks}
