"""Topics, queues and schedules: what a workload says, what it hears, and when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.migration.inventory import InventoryItem, ItemKind, ItemRemark
from sidecar_lint.migration.migration import Migration, danger, note, to_do
from sidecar_lint.template.resources.queues import queues as queue_resources
from sidecar_lint.template.schedule import schedule_node
from sidecar_lint.template.topics import published, subscribed
from sidecar_lint.template.values import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.nodes import Node

_QUEUE: Final = "AWS::SQS::Queue"


def topics(migration: Migration) -> Iterator[InventoryItem]:
    """The topics that it publishes to."""
    for topic in published(migration.stack):
        yield migration.item(
            ItemKind.TOPIC,
            f"{migration.stack.full_name}-{topic.name}",
            topic.node,
            danger(
                "the topic and its subscriptions go with Copilot's stack: make one of your own, let the subscribers"
                " listen to both, then publish to the new one"
            ),
        )


def queues(migration: Migration) -> Iterator[InventoryItem]:
    """The queues of a worker, and what they are subscribed to."""
    stack = migration.stack
    if not stack.is_worker:
        return
    for name in _queues(migration):
        remarks = [danger(_OF_QUEUE)] if name == "EventsQueue" else []
        yield migration.item(ItemKind.QUEUE, name, _node(migration), *remarks)
    for topic in subscribed(stack):
        yield migration.item(
            ItemKind.SUBSCRIPTION,
            f"{topic.name} of {topic.service}",
            topic.node,
            to_do(
                "the topic belongs to the stack of the service that publishes to it: move after it, or subscribe to both"
            ),
        )


_OF_QUEUE: Final = (
    "the queues go with Copilot's stack, and what is in them: let them run empty before you delete anything; the key"
    " that encrypts them (EventsKMSKey) goes, too. While queues of both are subscribed each message is handled twice"
)


def _queues(migration: Migration) -> list[str]:
    return [name for name, resource in queue_resources(migration.stack) if _is_queue(resource)]


def _is_queue(resource: object) -> bool:
    found = bare(resource)  # type: ignore[arg-type]
    return isinstance(found, dict) and bare(found.get("Type")) == _QUEUE


def _node(migration: Migration) -> Node | None:
    return migration.manifest.get("subscribe")


def schedules(migration: Migration) -> Iterator[InventoryItem]:
    """When a job runs, and what happens where it fails."""
    if not migration.stack.is_job:
        return
    expression = bare(migration.template.parameter_values["Schedule"].whole)
    yield migration.item(
        ItemKind.SCHEDULE, str(expression), schedule_node(migration.stack), *_of_schedule(migration)
    )


def _of_schedule(migration: Migration) -> Iterator[ItemRemark]:
    yield to_do("disable Copilot's rule before the new schedule is enabled, or the job runs twice")
    written = [name for name in ("retries", "timeout") if migration.manifest.get(name) is not None]
    if written:
        yield note(
            f"{' and '.join(written)}: a state machine (Step Functions) sees to it. A plain schedule that runs a task has"
            " neither: it retries only what could not be started"
        )
