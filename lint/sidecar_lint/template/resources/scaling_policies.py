"""What a service scales by."""

from __future__ import annotations

from typing import Final

from sidecar_lint.syntax.nodes import Mapping, Node, Scalar
from sidecar_lint.template.decoding import duration, number, scalar
from sidecar_lint.template.intrinsics import WORKLOAD, get_att, join
from sidecar_lint.template.load_balancer import alb_attribute
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.resources.backlog_per_task import backlog_per_task
from sidecar_lint.template.stack import Stack
from sidecar_lint.template.target_tracking import KIND, cooldowns, tracking
from sidecar_lint.template.values import Sourced, Value

_OF_SERVICE: Final = {
    "cpu_percentage": "ECSServiceAverageCPUUtilization",
    "memory_percentage": "ECSServiceAverageMemoryUtilization",
}
#: Field, metric of the policy's name, metric of CloudWatch, statistic.
_OF_LOAD_BALANCER: Final = (
    ("requests", "ALBSumRequestCountPerTarget", "RequestCountPerTarget", "Sum"),
    ("response_time", "ALBAverageResponseTime", "TargetResponseTime", "Average"),
)


def scaling_policies(stack: Stack, section: Mapping) -> Resources:
    """`AutoScalingPolicy…` of each metric that `count` has a value for."""
    for field, metric in _OF_SERVICE.items():
        value = _value(section.get(field))
        if value is not None:
            specification: dict[str, Value] = {
                "PredefinedMetricSpecification": {"PredefinedMetricType": metric}
            }
            yield f"AutoScalingPolicy{metric}", _policy(section, field, metric, specification, value)
    if section.get("queue_delay") is not None and stack.is_worker:
        yield from backlog_per_task(stack, section)
    for field, metric, name, statistic in _OF_LOAD_BALANCER:
        value = _value(section.get(field))
        if value is not None:
            specification = _load_balancer_metric(stack, name, statistic)
            yield f"AutoScalingPolicy{metric}", _policy(section, field, metric, specification, value)


def _policy(
    section: Mapping, field: str, metric: str, specification: dict[str, Value], value: Sourced
) -> Value:
    configuration = {**specification, **cooldowns(section, field), "TargetValue": value}
    properties = tracking(configuration, join("-", WORKLOAD, metric, "ScalingPolicy"))
    return resource(KIND, Sourced(properties, value.node))


def _load_balancer_metric(stack: Stack, metric: str, statistic: str) -> dict[str, Value]:
    """A metric of the load balancer, for the first target group."""
    dimensions: Value = [
        {"Name": "LoadBalancer", "Value": alb_attribute(stack, "FullName")},
        {"Name": "TargetGroup", "Value": get_att("TargetGroup.TargetGroupFullName")},
    ]
    specification: Value = {
        "Dimensions": dimensions,
        "MetricName": metric,
        "Namespace": "AWS/ApplicationELB",
        "Statistic": statistic,
    }
    return {"CustomizedMetricSpecification": specification}


def _value(node: Node | None) -> Sourced | None:
    """The value of a metric: plain, or under `value`; durations in seconds."""
    node = scalar(node, "value") if isinstance(node, Mapping) else node
    if not isinstance(node, Scalar):
        return None
    value = duration(node)
    value = node.as_int if value is None else value
    return None if value is None else Sourced(number(float(value)), node)
