"""In which order to go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sidecar_lint.migration.inventory import Item, Kind, Level
from sidecar_lint.migration.migration import Migration
from sidecar_lint.migration.target import Target

_MAKE: Final = {
    Target.ECS: "Register the task definition (aws ecs register-task-definition) and create a service of another name",
    Target.EXPRESS: "Register the task definition and create an Express Mode service with it"
    " (aws ecs create-express-gateway-service --task-definition-arn … --infrastructure-role-arn …)",
    Target.CDK: "Describe the service in a stack of your own, and deploy it beside Copilot's",
    Target.TERRAFORM: "Describe the service in a configuration of your own, and apply it beside Copilot's",
}
_ROLE: Final = (
    "Make an infrastructure role with the policy AmazonECSInfrastructureRoleforExpressGatewayServices:"
    " Express Mode requires one"
)


def steps(migration: Migration, items: Iterable[Item], *, blocked: bool) -> Iterator[str]:
    """What to do, one after the other; nothing is deleted before the last.

    Where the workload is `blocked`, it cannot go as it is.
    """
    if blocked:
        yield f"Change what stands in the way, or choose another target: it cannot go to {migration.target.label} as it is"
        return
    found = list(items)
    kinds = {item.kind for item in found}
    yield from _keep(found)
    yield "Find what only AWS knows (below), and put it in the place of the placeholders"
    if any(remark.text.startswith("Copilot builds") for item in found for remark in item.remarks):
        yield "Push the images to a repository of your own: copilot svc delete empties and removes Copilot's"
    yield "Make the task role, the execution role and the log group"
    if migration.is_express:
        yield _ROLE
    yield from _make(migration, kinds)
    yield from _move(migration, kinds)
    yield _delete(migration)


def _keep(items: list[Item]) -> Iterator[str]:
    """What is kept before anything else changes."""
    names = [item.name for item in items if item.kind is Kind.ADDON and _is_dangerous(item)]
    if names:
        yield f"While Copilot still deploys: give DeletionPolicy: Retain to {', '.join(names)}, and deploy"
    if any(item.kind is Kind.VOLUME and _is_dangerous(item) for item in items):
        yield "Copy or back up the file system that Copilot made (AWS Backup, DataSync)"


def _is_dangerous(item: Item) -> bool:
    return any(remark.level is Level.DANGER for remark in item.remarks)


def _make(migration: Migration, kinds: set[Kind]) -> Iterator[str]:
    if migration.stack.is_job:
        yield f"{'Register' if migration.target is Target.ECS else 'Describe'} the task definition, and run it once by hand"
        yield "Disable Copilot's rule, then enable the new schedule"
        return
    if Kind.QUEUE in kinds:
        yield "Make the queue of your own and subscribe it to the topics"
    if Kind.TOPIC in kinds:
        yield "Make the topics of your own, and let their subscribers listen to old and new"
    yield f"{_MAKE[migration.target]}; the subnets and the security group of the environment may serve on"
    yield (
        "Look at its logs and its health, and send it requests of your own"
        if Kind.LOAD_BALANCER in kinds
        else ("Look at its logs and its health")
    )


def _move(migration: Migration, kinds: set[Kind]) -> Iterator[str]:
    if Kind.PIPELINE in kinds:
        yield "Take the workload out of Copilot's pipelines, and deploy with the new way from now on"
    if Kind.DISCOVERY in kinds:
        yield f"Let those who call {migration.stack.name}.{migration.stack.discovery_endpoint} call the new name"
    if Kind.LOAD_BALANCER in kinds or Kind.NETWORK_LOAD_BALANCER in kinds:
        yield "Move the traffic: the records of your names, step by step"


def _delete(migration: Migration) -> str:
    command = f"copilot {'job' if migration.stack.is_job else 'svc'} delete"
    return (
        f"When nothing uses it any more: {command} --name {migration.stack.name} --env {migration.stack.environment},"
        " and the environment only when it is empty"
    )
