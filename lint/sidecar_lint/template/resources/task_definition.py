"""The task definition."""

from __future__ import annotations

from typing import Final

from sidecar_lint.template.containers.container_definitions import container_definitions
from sidecar_lint.template.decoding import integer
from sidecar_lint.template.intrinsics import FULL_NAME, get_att, join, ref
from sidecar_lint.template.platform import runtime_platform
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.stack import Stack, once
from sidecar_lint.template.taskdef_overrides import Overridden, overridden
from sidecar_lint.template.values import Value, bare, present
from sidecar_lint.template.volumes import task_volumes

_DESCRIPTION: Final = "An ECS task definition to group your containers and run them on ECS"
_FAMILY: Final = join("", *FULL_NAME)
#: What Fargate gives anyway. It refuses to be asked for it.
_DEFAULT_EPHEMERAL_STORAGE: Final = 20


def task_definition(stack: Stack) -> Resources:
    """`TaskDefinition`, with `taskdef_overrides` applied."""
    yield (
        "TaskDefinition",
        resource(
            "AWS::ECS::TaskDefinition",
            lambda: overridden_properties(stack).value,
            _DESCRIPTION,
            depends_on="LogGroup",
        ),
    )


@once
def overridden_properties(stack: Stack) -> Overridden:
    """What becomes of `taskdef_overrides`."""
    return overridden(own_properties(stack), stack.manifest)


@once
def own_properties(stack: Stack) -> dict[str, Value]:
    """The properties before `taskdef_overrides` change them."""
    return present(
        {
            "Family": _FAMILY,
            "RuntimePlatform": runtime_platform(stack),
            "NetworkMode": "awsvpc",
            "RequiresCompatibilities": ["FARGATE"],
            "Cpu": ref("TaskCPU"),
            "Memory": ref("TaskMemory"),
            "EphemeralStorage": _ephemeral_storage(stack),
            "ExecutionRoleArn": get_att("ExecutionRole.Arn"),
            "TaskRoleArn": get_att("TaskRole.Arn"),
            "ContainerDefinitions": container_definitions(stack),
            "Volumes": task_volumes(stack).values or None,
        }
    )


def _ephemeral_storage(stack: Stack) -> Value:
    size = integer(stack.manifest.mapping("storage"), "ephemeral")
    return {"SizeInGiB": size} if size and bare(size) != _DEFAULT_EPHEMERAL_STORAGE else None
