"""How the service is run: how many tasks, what scales them, alarms, commands in containers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.migration.inventory import InventoryItem, ItemKind, ItemRemark
from sidecar_lint.migration.migration import Migration, note, to_do
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar
from sidecar_lint.template.count import advanced, bounds, capacity_providers, desired, scaling
from sidecar_lint.template.decoding import scalar
from sidecar_lint.template.values import bare, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The fields of `count` that name a metric, in the words of Application Auto Scaling.
METRICS: Final = {
    "cpu_percentage": "ECSServiceAverageCPUUtilization",
    "memory_percentage": "ECSServiceAverageMemoryUtilization",
    "requests": "RequestCountPerTarget",
    "response_time": "TargetResponseTime",
    "queue_delay": "backlog per task",
}


def tasks(migration: Migration) -> Iterator[InventoryItem]:
    """How many tasks there are, and what they scale by."""
    stack = migration.stack
    if stack.is_job:
        return
    section = scaling(stack)
    if section is None:
        node = stack.manifest.get("count")
        yield migration.item(ItemKind.COUNT, str(bare(desired(stack))), node, *_spot(migration))
        return
    least, most = (bare(each) for each in bounds(section))
    yield migration.item(ItemKind.COUNT, f"{least} to {most}", section.get("range"), *_spot(migration))
    for field, node in metrics(section):
        yield migration.item(ItemKind.SCALING, f"{field}: {_value(node)}", node, *_of_metric(field))


def metrics(section: Mapping) -> Iterator[tuple[str, Node]]:
    """The metrics of a `count`, each with what is written for it."""
    for field in METRICS:
        node = section.get(field)
        if node is not None:
            yield field, node


def uses_spot(migration: Migration) -> Node | None:
    """What puts tasks on Fargate Spot; None where none are."""
    if capacity_providers(migration.stack) is None:
        return None
    return advanced(migration.stack)


def _spot(migration: Migration) -> Iterator[ItemRemark]:
    if uses_spot(migration) is not None:
        yield note(f"capacityProviderStrategy: {_strategy(migration)}")


def _strategy(migration: Migration) -> str:
    found = plain(capacity_providers(migration.stack))
    providers = found if isinstance(found, list) else []
    return ", ".join(" ".join(str(value) for value in each.values()) for each in providers)


def _value(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    found = scalar(node, "value") if isinstance(node, Mapping) else None
    return found.text if found else "see there"


def _of_metric(field: str) -> Iterator[ItemRemark]:
    if field == "queue_delay":
        yield to_do(
            "Copilot measures it with a function of its own once a minute, which goes with its stack:"
            " scale by ApproximateNumberOfMessagesVisible of the queue, or write such a function. --write leaves it out"
        )
    elif field == "response_time":
        yield note("a customized metric: TargetResponseTime of the target group, average, in seconds")


def alarms(migration: Migration) -> Iterator[InventoryItem]:
    """The alarms that roll a deployment back, by what is written for them."""
    node = migration.manifest.get("deployment", "rollback_alarms")
    if isinstance(node, Mapping):
        for key, threshold in node:
            remark = note(
                "the alarm is Copilot's and goes with its stack: a new service needs one of its own"
            )
            yield migration.item(ItemKind.ALARM, f"{key.text}: {_value(threshold)}", threshold, remark)
    elif node is not None:
        yield migration.item(ItemKind.ALARM, "alarms of your own", node, note("they are yours and stay"))


def execute_command(migration: Migration) -> Iterator[InventoryItem]:
    """That commands may be run in containers."""
    node = migration.stack.exec
    if node is None:
        return
    remarks = [note("aws ecs execute-command takes the place of copilot svc exec")]
    if migration.is_express:
        remarks.append(to_do("Express Mode has no setting for it: turn it on in the service that it makes"))
    yield migration.item(ItemKind.EXEC, "commands in containers", node, *remarks)
