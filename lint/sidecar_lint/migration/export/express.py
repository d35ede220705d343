"""What CreateExpressGatewayService takes, with a task definition of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.migration.operation import metrics
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar
from sidecar_lint.template.count import bounds, desired, scaling
from sidecar_lint.template.load_balancer import target_group_id
from sidecar_lint.template.values import bare

if TYPE_CHECKING:
    from sidecar_lint.migration.migration import Migration

_METRICS: Final = {
    "cpu_percentage": "AVERAGE_CPU",
    "memory_percentage": "AVERAGE_MEMORY",
    "requests": "REQUEST_COUNT_PER_TARGET",
}


def express_service(migration: Migration) -> dict[str, Any]:
    """The input of the API (`aws ecs create-express-gateway-service --cli-input-json`)."""
    return {
        "serviceName": migration.stack.full_name,
        "infrastructureRoleArn": "<INFRASTRUCTURE_ROLE_ARN>",
        "taskDefinitionArn": "<TASK_DEFINITION_ARN>",
        "healthCheckPath": _health_check_path(migration),
        "networkConfiguration": _network(migration),
        "scalingTarget": _scaling_target(migration),
    }


def _health_check_path(migration: Migration) -> str:
    group = target_group_id(migration.stack, 0)
    path = migration.template.get("Resources", group, "Properties", "HealthCheckPath")
    return path.text if path and path.text else "/"


def _network(migration: Migration) -> dict[str, list[str]]:
    """The subnets and security groups of Copilot's service; the default VPC is nobody's wish."""
    steps = ("Resources", "Service", "Properties", "NetworkConfiguration", "AwsvpcConfiguration")
    written = migration.template.get(*steps)
    found = migration.evaluated(written.value) if written else None
    values = found if isinstance(found, dict) else {}
    return {
        "subnets": list(map(str, values.get("Subnets") or ())),
        "securityGroups": list(map(str, values.get("SecurityGroups") or ())),
    }


def _scaling_target(migration: Migration) -> dict[str, Any]:
    section = scaling(migration.stack)
    if section is None:
        count = bare(desired(migration.stack))
        return {"minTaskCount": count, "maxTaskCount": count}
    least, most = (bare(each) for each in bounds(section))
    chosen = next(((field, node) for field, node in metrics(section) if field in _METRICS), None)
    target = {"minTaskCount": least, "maxTaskCount": most}
    value = _number(chosen[1]) if chosen else None
    if chosen is None or value is None:
        return target
    return {**target, "autoScalingMetric": _METRICS[chosen[0]], "autoScalingTargetValue": value}


def _number(node: Node) -> int | None:
    found = node.get("value") if isinstance(node, Mapping) else node
    return found.as_int if isinstance(found, Scalar) else None
