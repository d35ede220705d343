"""In which order to go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sidecar_lint.migration.addons import holds_data, unkept
from sidecar_lint.migration.inventory import Item, Kind, Limit
from sidecar_lint.migration.limits import REFUSED
from sidecar_lint.migration.migration import Migration
from sidecar_lint.migration.own_names import discovery
from sidecar_lint.migration.target import Target
from sidecar_lint.migration.traffic import is_imported
from sidecar_lint.phrasing import enumerated
from sidecar_lint.template.resources.env_controller import parameters
from sidecar_lint.template.values import bare

_MAKE: Final = {
    Target.ECS: "Make the new one beside Copilot's: deploy template.json, which --write makes (aws cloudformation deploy)",
    Target.EXPRESS: "Register the task definition and create an Express Mode service with it"
    " (aws ecs create-express-gateway-service --task-definition-arn … --infrastructure-role-arn …)",
    Target.CDK: "Make the new one beside Copilot's: include template.json, which --write makes, in a stack of your own",
    Target.TERRAFORM: "Make the new one beside Copilot's: plan and apply main.tf, which --write makes",
}
_FIND: Final = {
    Target.ECS: "Find what only AWS knows (below): template.json asks for it as parameters, the other files have"
    " placeholders",
    Target.EXPRESS: "Find what only AWS knows (below), and put it in the place of the placeholders",
    Target.CDK: "Find what only AWS knows (below): template.json asks for it as parameters",
    Target.TERRAFORM: "Find what only AWS knows (below): main.tf asks for it as variables",
}
#: What the environment's stack has only while a workload asks for it, by the parameters that count these.
_SHARED: Final = {
    "ALBWorkloads": "a load balancer",
    "EFSWorkloads": "a managed file system",
    "InternalALBWorkloads": "an internal load balancer",
    "NATWorkloads": "placement: private (NAT gateways)",
}
#: What deletes a workload, by whether it is a job.
_COMMAND: Final = {False: "copilot svc delete", True: "copilot job delete"}
_IMPORT: Final = {Target.TERRAFORM: "blocks of import"}
_ROLE: Final = (
    "Make an infrastructure role with the policy AmazonECSInfrastructureRoleforExpressGatewayServices:"
    " Express Mode requires one"
)


def steps(migration: Migration, items: Iterable[Item], limits: Iterable[Limit]) -> Iterator[str]:
    """What to do, one after the other; nothing is deleted before the last.

    Where something of the `limits` blocks, it cannot go as it is.
    """
    blocking = {limit.topic for limit in limits if limit.blocks}
    if blocking:
        yield _change(migration, blocking)
        return
    found = list(items)
    kinds = {item.kind for item in found}
    yield from _keep(migration, found)
    yield from _images(migration)
    yield _FIND[migration.target]
    if migration.is_express:
        yield "Make the task role, the execution role and the log group"
        yield _ROLE
    yield from _make(migration, kinds)
    yield from _move(migration, kinds)
    yield from _delete(migration)


def _change(migration: Migration, blocking: set[str]) -> str:
    if REFUSED in blocking:
        return "Mend what ECS takes from nobody, in the manifest: then all else can be said and written"
    return f"Change what stands in the way, or choose another target: it cannot go to {migration.target.label} as it is"


def _keep(migration: Migration, items: list[Item]) -> Iterator[str]:
    """What is kept before anything else changes."""
    if addons := unkept(migration):
        data = [each.name for each in addons if holds_data(each)]
        lost = f". {enumerated(data)}: data would be lost" if data else ""
        yield (
            "While Copilot still deploys: give every resource in addons/ DeletionPolicy: Retain, and a new line of Metadata,"
            " as CloudFormation takes no DeletionPolicy without another change; deploy that, and see whether the"
            f" template of the stack of the addons has it{lost}"
        )
    if any(item.kind is Kind.VOLUME and item.is_dangerous for item in items):
        yield (
            "Back up the file system that Copilot made (AWS Backup). The new tasks share it; copy it to one of your own"
            " (DataSync), and let them use that, before the last workload with a managed one is deleted"
        )


def _images(migration: Migration) -> Iterator[str]:
    """What Copilot builds is in a repository that goes."""
    images = [str(each.get("image", "")) for each in migration.containers]
    built = [each for each in images if each in migration.places]
    if built:
        yield (
            f"Copy the images that Copilot has built ({enumerated(built)}) to a repository of your own (docker pull, tag,"
            f" push), and use those: {_COMMAND[migration.stack.is_job]} empties and removes Copilot's"
        )


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
        endpoint = migration.stack.discovery_endpoint
        new = f"{discovery(migration)}.{endpoint}" if not migration.is_express else "the new name"
        yield f"Let those who call {migration.stack.name}.{endpoint} call {new}"
    if Kind.LOAD_BALANCER in kinds and not migration.is_express:
        yield (
            "Move the traffic: of two rules of a listener that match, the one with the lower number gets it; behind"
            " a load balancer of your own, move the records of your names step by step"
        )
    elif Kind.LOAD_BALANCER in kinds or Kind.NETWORK_LOAD_BALANCER in kinds:
        yield "Move the traffic: the records of your names, step by step"
    if Kind.QUEUE in kinds:
        yield "Let Copilot's queues run empty"


def _delete(migration: Migration) -> Iterator[str]:
    if shared := [_SHARED[each] for each in _asked(migration) if each in _SHARED]:
        what = enumerated(shared, " or ")
        instead = "on.schedule: none" if migration.stack.is_job else "count: 0"
        yield (
            f"See whether another workload of Copilot's in the environment has {what}, too: with the last one, what the"
            f" new tasks use goes. Then make your own first, or do not delete this one, but deploy it with {instead}"
        )
    yield (
        f"When nothing uses it any more: {_COMMAND[migration.stack.is_job]} --name {migration.stack.name} --env {migration.stack.environment}."
        " Leave the environment: what the new one runs in is a part of its stack, which goes on without Copilot"
    )
    if _has_addons(migration):
        yield (
            "What is left of the addons is now in no stack: leave it so, or import it into one of yours"
            f" ({_IMPORT.get(migration.target, 'aws cloudformation create-change-set --change-set-type IMPORT')})"
        )


def _has_addons(migration: Migration) -> bool:
    workload = migration.manifest.workload
    return workload is not None and bool(workload.addons.resources)


def _asked(migration: Migration) -> list[str]:
    """What is there as long as a workload asks for it, and what the new tasks use of it."""
    found = [str(bare(each)) for each in parameters(migration.stack)]
    unused = {"ALBWorkloads", "InternalALBWorkloads"} if migration.is_express else set()
    if is_imported(migration):
        unused.add("NATWorkloads")
    return [each for each in found if each not in unused]
