"""In which order to go."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from sidecar_lint.migration.addons import holds_data, unkept
from sidecar_lint.migration.inventory import InventoryItem, ItemKind, TargetLimit
from sidecar_lint.migration.limits import REFUSED
from sidecar_lint.migration.own_names import discovery, family, log_group
from sidecar_lint.migration.target import MigrationTarget
from sidecar_lint.migration.traffic import is_imported
from sidecar_lint.phrasing import enumerated
from sidecar_lint.template.resources.env_controller import parameters
from sidecar_lint.template.values import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.migration.migration import Migration

_FIND: Final = {
    MigrationTarget.ECS: "put it into parameters.json, and into the other files if you use those",
    MigrationTarget.EXPRESS: "put it in the place of the placeholders",
    MigrationTarget.CDK: "give it as parameters of CfnInclude (parameters.json has their names)",
    MigrationTarget.TERRAFORM: "put it into variables.tfvars",
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
_IMPORT_INTO_STACK: Final = (
    "addons.yml without its Outputs: aws cloudformation create-change-set --change-set-type IMPORT"
)
_IMPORT: Final = {MigrationTarget.CDK: "cdk import", MigrationTarget.TERRAFORM: "import blocks"}
_ROLE: Final = (
    "Make an infrastructure role with the policy AmazonECSInfrastructureRoleforExpressGatewayServices:"
    " Express Mode requires one"
)


def steps(
    migration: Migration, items: Iterable[InventoryItem], limits: Iterable[TargetLimit]
) -> Iterator[str]:
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
    yield (
        "Find what only AWS knows (below), asking in the account and the region of the environment, and"
        f" {_FIND[migration.target]}"
    )
    if migration.is_express:
        yield from _roles(migration)
    yield from _make(migration, kinds)
    yield from _move(migration, kinds)
    yield from _delete(migration)


def _change(migration: Migration, blocking: set[str]) -> str:
    if REFUSED in blocking:
        return "Mend what ECS takes from nobody, in the manifest: then all else can be said and written"
    return f"Change what stands in the way, or choose another target: it cannot go to {migration.target.label} as it is"


def _keep(migration: Migration, items: list[InventoryItem]) -> Iterator[str]:
    """What is kept before anything else changes."""
    if addons := unkept(migration):
        data = [each.name for each in addons if holds_data(each)]
        lost = f". {enumerated(data)}: data would be lost" if data else ""
        yield (
            "While Copilot still deploys: give every resource in addons/ DeletionPolicy: Retain, and a new line of Metadata,"
            " as CloudFormation may take no DeletionPolicy without another change; deploy that, and see whether the"
            f" template of the stack of the addons has it{lost}"
        )
    if any(item.kind is ItemKind.VOLUME and item.is_dangerous for item in items):
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


def _roles(migration: Migration) -> Iterator[str]:
    addons = " and the policies of the addons to the first" if _has_addons(migration) else ""
    yield (
        "Make the task role and the execution role (aws iam create-role --assume-role-policy-document"
        " file://trust-policy.json, aws iam put-role-policy with the policy of each), attach"
        f" AmazonECSTaskExecutionRolePolicy to the second{addons}, and make the log group"
        f" {log_group(migration)} (aws logs create-log-group)"
    )
    yield _ROLE


def _way(migration: Migration, state: str = "") -> str:
    """How the new one is made, of the files that --write makes; `state` is what it is in at first."""
    match migration.target:
        case MigrationTarget.ECS:
            how = (
                f"aws cloudformation deploy --stack-name {shlex.quote(family(migration))} --template-file template.json"
                " --parameter-overrides file://parameters.json --capabilities CAPABILITY_IAM"
            )
        case MigrationTarget.EXPRESS:
            return (
                "Register the task definition (aws ecs register-task-definition --cli-input-json"
                " file://task-definition.json) and make an Express Mode service with it (aws ecs"
                " create-express-gateway-service --cli-input-json file://express-service.json); --write makes these files"
            )
        case MigrationTarget.CDK:
            how = "include template.json in a stack of your own, and deploy that"
        case MigrationTarget.TERRAFORM:
            how = "terraform init, then terraform apply -var-file=variables.tfvars"
    return f"Make the new one beside Copilot's{state}, of the files that --write makes: {how}"


def _make(migration: Migration, kinds: set[ItemKind]) -> Iterator[str]:
    if migration.stack.is_job:
        yield _way(migration, " (its schedule is off)")
        yield "Run it once by hand"
        yield "Disable Copilot's rule, then enable the new schedule"
        return
    waits = kinds & {ItemKind.QUEUE, ItemKind.TOPIC} and not migration.is_express
    yield _way(migration, " with a desired count of 0" if waits else "")
    if ItemKind.TOPIC in kinds:
        yield "Let those who subscribe to its topics subscribe to the new ones, too"
    if ItemKind.QUEUE in kinds:
        yield (
            "Delete the subscriptions of Copilot's queues: until then each message is in the old and the new ones,"
            " and is handled twice"
        )
    if waits:
        yield "Start its tasks, with the desired count that it is to have"
    yield "Look at its logs and its health"


def _move(migration: Migration, kinds: set[ItemKind]) -> Iterator[str]:
    if ItemKind.PIPELINE in kinds:
        yield "Take the workload out of Copilot's pipelines, and deploy with the new way from now on"
    if ItemKind.DISCOVERY in kinds:
        endpoint = migration.stack.discovery_endpoint
        new = f"{discovery(migration)}.{endpoint}" if not migration.is_express else "the new name"
        yield f"Let those who call {migration.stack.name}.{endpoint} call {new}"
    if ItemKind.LOAD_BALANCER in kinds and not migration.is_express:
        yield (
            "Move the traffic: of two rules of a listener that match, the one with the lower number gets it; behind"
            " a load balancer of your own, move the records of your names step by step"
        )
    elif ItemKind.LOAD_BALANCER in kinds or ItemKind.NETWORK_LOAD_BALANCER in kinds:
        yield "Move the traffic: the records of your names, step by step"
    if ItemKind.QUEUE in kinds:
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
        f"When nothing uses it any more, delete it ({_COMMAND[migration.stack.is_job]} --name"
        f" {shlex.quote(migration.stack.name)} --env {shlex.quote(migration.stack.environment)}), and leave the"
        " environment: what the new one runs in is a part of its stack, which goes on without Copilot"
    )
    if _has_addons(migration):
        yield (
            "What is left of the addons is now in no stack: leave it so, or import it into one of yours"
            f" ({_IMPORT.get(migration.target, _IMPORT_INTO_STACK)})"
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
