"""In which order to go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sidecar_lint.migration.inventory import Item, Kind, Level
from sidecar_lint.migration.migration import Migration
from sidecar_lint.migration.target import Target

_MAKE: Final = {
    Target.ECS: "Make the new one beside Copilot's: deploy template.json, which --write makes (aws cloudformation deploy)",
    Target.EXPRESS: "Register the task definition and create an Express Mode service with it"
    " (aws ecs create-express-gateway-service --task-definition-arn … --infrastructure-role-arn …)",
    Target.CDK: "Make the new one beside Copilot's: include template.json, which --write makes, in a stack of your own",
    Target.TERRAFORM: "Make the new one beside Copilot's: plan and apply main.tf, which --write makes",
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
    if migration.is_express:
        yield "Make the task role, the execution role and the log group"
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
        yield f"{_MAKE[migration.target]}; its schedule is off at first. Run it once by hand"
        yield "Disable Copilot's rule, then enable the new schedule"
        return
    waits = kinds & {Kind.QUEUE, Kind.TOPIC} and not migration.is_express
    first = " with a desired count of 0" if waits else ""
    yield f"{_MAKE[migration.target]}{first}; the subnets and the security group of the environment may serve on"
    if Kind.TOPIC in kinds:
        yield "Let those who subscribe to its topics subscribe to the new ones, too"
    if Kind.QUEUE in kinds:
        yield (
            "Delete the subscriptions of Copilot's queues: until then each message is in the old and the new ones,"
            " and is handled twice"
        )
    if waits:
        yield "Start its tasks, with the desired count that it is to have"
    yield "Look at its logs and its health"


def _move(migration: Migration, kinds: set[Kind]) -> Iterator[str]:
    if Kind.PIPELINE in kinds:
        yield "Take the workload out of Copilot's pipelines, and deploy with the new way from now on"
    if Kind.DISCOVERY in kinds:
        yield f"Let those who call {migration.stack.name}.{migration.stack.discovery_endpoint} call the new name"
    if Kind.LOAD_BALANCER in kinds and not migration.is_express:
        yield (
            "Move the traffic: of two rules of a listener that match, the one with the lower number gets it; behind"
            " a load balancer of your own, move the records of your names step by step"
        )
    elif Kind.LOAD_BALANCER in kinds or Kind.NETWORK_LOAD_BALANCER in kinds:
        yield "Move the traffic: the records of your names, step by step"
    if Kind.QUEUE in kinds:
        yield "Let Copilot's queues run empty"


def _delete(migration: Migration) -> str:
    command = f"copilot {'job' if migration.stack.is_job else 'svc'} delete"
    return (
        f"When nothing uses it any more: {command} --name {migration.stack.name} --env {migration.stack.environment},"
        " and the environment only when it is empty"
    )
