"""The task definition of one's own: Copilot's under another name, with a log group of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sidecar_lint.migration.express import MAIN, target
from sidecar_lint.migration.logs import log_group_name
from sidecar_lint.migration.own_names import family, log_group

if TYPE_CHECKING:
    from sidecar_lint.migration.migration import Migration

#: The port of a container that has no name; Express Mode wants one.
_PORT_NAME = "http"


def task_definition(migration: Migration) -> dict[str, Any]:
    """The task definition as ECS's API takes it; for Express Mode with a container `Main`."""
    containers = [_with_own_log_group(migration, each) for each in migration.containers]
    if migration.is_express:
        main = target(migration)
        containers = [_named_for_express(each, main) for each in containers]
    return {**migration.task, "family": family(migration), "containerDefinitions": containers}


def with_own_topics(migration: Migration, definition: dict[str, Any]) -> dict[str, Any]:
    """The task definition where the topics are made beside it: its containers are told their names."""
    theirs, ours = (
        f"sns:<REGION>:<ACCOUNT_ID>:{name}-" for name in (migration.stack.full_name, family(migration))
    )
    containers = [
        {**each, "environment": [_with_topics(entry, theirs, ours) for entry in each["environment"]]}
        if each.get("environment")
        else each
        for each in definition["containerDefinitions"]
    ]
    return {**definition, "containerDefinitions": containers}


def _with_topics(entry: dict[str, Any], theirs: str, ours: str) -> dict[str, Any]:
    if entry.get("name") != "COPILOT_SNS_TOPIC_ARNS":
        return entry
    return {**entry, "value": str(entry.get("value", "")).replace(theirs, ours)}


def _with_own_log_group(migration: Migration, container: dict[str, Any]) -> dict[str, Any]:
    logs = container.get("logConfiguration") or {}
    options = logs.get("options") or {}
    if options.get("awslogs-group") != log_group_name(migration.template):
        return container
    options = {**options, "awslogs-group": log_group(migration)}
    return {**container, "logConfiguration": {**logs, "options": options}}


def _named_for_express(container: dict[str, Any], main: str) -> dict[str, Any]:
    """The container with the traffic is called `Main`, for those that wait for it, too."""
    made = dict(container)
    if made.get("dependsOn"):
        made["dependsOn"] = [
            {**each, "containerName": MAIN} if each.get("containerName") == main else each
            for each in made["dependsOn"]
        ]
    if made.get("name") == main:
        made["name"] = MAIN
        made["portMappings"] = [{"name": _PORT_NAME, **each} for each in made.get("portMappings", ())]
    return made
