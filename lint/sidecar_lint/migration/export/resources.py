"""What is around the task, as the template of one's own has it: service, load balancer, scaling, queues, schedule.

These are the resources of Copilot's template without those that are Copilot's machinery (functions, custom
resources and their roles), and without records of names, which are moved last and by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.migration.export.adjusting import adjusted
from sidecar_lint.template.evaluation import Evaluation
from sidecar_lint.template.placeholders import placeholder
from sidecar_lint.template.resource import DESCRIPTION

if TYPE_CHECKING:
    from sidecar_lint.migration.migration import Migration

Resource = dict[str, Any]

#: What the template of one's own makes in another way, and what stays behind.
_OTHERWISE: Final = frozenset(
    (
        "AutoScalingRole",
        # The rule is there already; a security group takes none twice.
        "EnvironmentSecurityGroupIngressFromImportedALB",
        "ExecutionRole",
        "LogGroup",
        "TaskDefinition",
        "TaskRole",
    )
)
_LEFT: Final = (
    "AWS::CloudFormation::",
    "AWS::Lambda::",
    "AWS::Route53::",
    "Custom::",
)
#: What measures the backlog of queues is a function, which stays behind.
_BACKLOG: Final = "BacklogPerTask"


def resources(migration: Migration) -> dict[str, Resource]:
    """The resources by logical id, in the order of Copilot's template; what only AWS knows is a placeholder."""
    evaluation = Evaluation(migration.template)
    made: dict[str, Resource] = {}
    for logical_id, part in migration.template.resources.items():
        kind, condition = part.get("Type"), part.get("Condition")
        if kind is None or kind.text is None or not _goes(logical_id, kind.text):
            continue
        if condition is None or evaluation.holds(condition.value):
            found = migration.evaluated(part.value)
            if isinstance(found, dict) and not _is_machinery(found):
                made[logical_id] = adjusted(migration, _without_description(found))
    return {name: _depending(each, made) for name, each in made.items()}


def _goes(logical_id: str, kind: str) -> bool:
    return logical_id not in _OTHERWISE and _BACKLOG not in logical_id and not kind.startswith(_LEFT)


def _is_machinery(resource: Resource) -> bool:
    """Whether it is the role of a function, or scales by what a function measures."""
    properties = resource.get("Properties") or {}
    trust = str(properties.get("AssumeRolePolicyDocument", ""))
    return "lambda.amazonaws.com" in trust or _BACKLOG in str(properties.get("PolicyName", ""))


def _without_description(resource: Resource) -> Resource:
    metadata = {name: each for name, each in (resource.get("Metadata") or {}).items() if name != DESCRIPTION}
    rest = {name: each for name, each in resource.items() if name not in ("Metadata", "Condition")}
    return {**rest, "Metadata": metadata} if metadata else rest


def _depending(resource: Resource, made: dict[str, Resource]) -> Resource:
    """A resource that waits for none but those that are made, and that it does not wait for anyway."""
    names, text = resource.get("DependsOn"), str(resource.get("Properties"))
    listed = names if isinstance(names, list) else [names]
    kept = [each for each in listed if each in made and placeholder(each) not in text]
    rest = {name: each for name, each in resource.items() if name != "DependsOn"}
    return {"Type": rest.pop("Type"), **({"DependsOn": kept} if kept else {}), **rest}
