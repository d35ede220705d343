"""What a service scales by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar
from sidecar_lint.template.decoding import duration, number, scalar
from sidecar_lint.template.intrinsics import WORKLOAD, get_att, join
from sidecar_lint.template.load_balancer import alb_attribute, target_group_id
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.resources.backlog_per_task import backlog_per_task
from sidecar_lint.template.target_tracking import KIND, cooldowns, tracking
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_OF_SERVICE: Final = {
    "cpu_percentage": "ECSServiceAverageCPUUtilization",
    "memory_percentage": "ECSServiceAverageMemoryUtilization",
}


class _LoadBalancerMetric(NamedTuple):
    """A metric of the load balancer: what the policy calls it, and what CloudWatch does."""

    field: str
    policy: str
    name: str
    statistic: str


_REQUESTS: Final = _LoadBalancerMetric(
    "requests", "ALBSumRequestCountPerTarget", "RequestCountPerTarget", "Sum"
)
_RESPONSE_TIME: Final = _LoadBalancerMetric(
    "response_time", "ALBAverageResponseTime", "TargetResponseTime", "Average"
)


def scaling_policies(stack: Stack, section: Mapping) -> Resources:
    """`AutoScalingPolicy…` of each metric that `count` has a value for."""
    for field, metric in _OF_SERVICE.items():
        specification: Value = {"PredefinedMetricType": metric}
        yield from _policy(section, field, metric, {"PredefinedMetricSpecification": specification})
    if section.get("queue_delay") is not None and stack.is_worker:
        yield from backlog_per_task(stack, section)
    # Copilot forgets here that the target group of an imported load balancer has another id.
    for each, group in ((_REQUESTS, "TargetGroup"), (_RESPONSE_TIME, target_group_id(stack, 0))):
        specification = _specification(stack, each, group)
        yield from _policy(section, each.field, each.policy, {"CustomizedMetricSpecification": specification})


def _policy(section: Mapping, field: str, metric: str, specification: dict[str, Value]) -> Resources:
    value = _value(section.get(field))
    if value is not None:
        configuration = {**specification, **cooldowns(section, field), "TargetValue": value}
        properties = tracking(configuration, join("-", WORKLOAD, metric, "ScalingPolicy"))
        yield f"AutoScalingPolicy{metric}", resource(KIND, Sourced(properties, value.node))


def _specification(stack: Stack, metric: _LoadBalancerMetric, group: str) -> Value:
    """A metric of the load balancer, for the first target group."""
    internal = get_att("EnvControllerAction.InternalLoadBalancerFullName")
    balancer = internal if stack.is_backend else alb_attribute(stack, "FullName")
    return {
        "Dimensions": [
            {"Name": "LoadBalancer", "Value": balancer},
            {"Name": "TargetGroup", "Value": get_att(f"{group}.TargetGroupFullName")},
        ],
        "MetricName": metric.name,
        "Namespace": "AWS/ApplicationELB",
        "Statistic": metric.statistic,
    }


def _value(node: Node | None) -> Sourced | None:
    """The value of a metric: plain, or under `value`; durations in seconds."""
    node = scalar(node, "value") if isinstance(node, Mapping) else node
    if not isinstance(node, Scalar):
        return None
    value = duration(node)
    value = node.as_int if value is None else value
    return None if value is None else Sourced(number(float(value)), node)
