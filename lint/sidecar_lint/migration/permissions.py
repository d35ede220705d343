"""The two roles of the task: what its containers may do, and what ECS may do to start them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.migration.addons import unkept
from sidecar_lint.migration.inventory import InventoryItem, ItemKind
from sidecar_lint.migration.migration import Migration, note, to_do
from sidecar_lint.workspace.addons import OutputKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.template.part import Part

_DENY_IAM: Final = "DenyIAM"
_OF_ADDONS: Final = (
    "the new role uses the policy of Copilot's stack of addons, which cannot be deleted while it does: give it"
    " DeletionPolicy: Retain first"
)


def task_role(migration: Migration) -> Iterator[InventoryItem]:
    """The policies of the task role: Copilot's own, then those of addons."""
    policies = migration.template.get("Resources", "TaskRole", "Properties", "Policies")
    for policy in policies or ():
        name = _name(policy)
        remarks = [note("Copilot denies all of IAM; keep that or leave it out")] if name == _DENY_IAM else []
        node = policy.origin.node if policy.origin else None
        yield migration.item(ItemKind.TASK_ROLE, name, node, *remarks)
    remarks = [to_do(_OF_ADDONS)] if unkept(migration) else []
    for output in migration.stack.addon_outputs(OutputKind.POLICY):
        definition = output.definition
        yield migration.item(
            ItemKind.TASK_ROLE,
            f"{output.target} (addons)",
            definition.key,
            *remarks,
            source=definition.template.source,
        )


def _name(policy: Part) -> str:
    found = policy.get("PolicyName")
    return (found.text if found else None) or "policy"


def execution_role(migration: Migration) -> Iterator[InventoryItem]:
    """The execution role, which may read what has Copilot's tags."""
    if not _has_secrets(migration.containers):
        yield migration.item(ItemKind.EXECUTION_ROLE, "pulls images, writes logs", None)
        return
    yield migration.item(
        ItemKind.EXECUTION_ROLE,
        "pulls images, writes logs, reads secrets",
        None,
        to_do(
            "Copilot's reads what is tagged copilot-application and copilot-environment; that of --write reads these"
            " secrets by their names: where a key of your own encrypts one, add kms:Decrypt for it"
        ),
    )


def _has_secrets(containers: list[dict[str, Any]]) -> bool:
    return any(
        each.get("secrets") or (each.get("logConfiguration") or {}).get("secretOptions")
        for each in containers
    )
