"""The alarms that roll a deployment back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar, as_mapping
from sidecar_lint.template.decoding import number, scalar
from sidecar_lint.template.intrinsics import CLUSTER, get_att, ref
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.values import Lazy, Short, Sourced, Value, plain

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_SERVICE: Final = Short("Select", [2, Short("Split", ["/", ref("Service")])])
_ECS: Final[Value] = [{"Name": "ClusterName", "Value": CLUSTER}, {"Name": "ServiceName", "Value": _SERVICE}]
_SQS: Final[Value] = [{"Name": "QueueName", "Value": get_att("EventsQueue.QueueName")}]
#: No alarm has a longer name.
_LONGEST_NAME: Final = 255


class Alarm(NamedTuple):
    """An alarm of `deployment.rollback_alarms`, and how Copilot describes it."""

    field: str
    id: str
    suffix: str
    metric: str
    what: str
    dimensions: Value = _ECS
    namespace: str = "AWS/ECS"
    unit: str = "Percent"
    service: str = "ECS service"


_ALARMS: Final = (
    Alarm("cpu_utilization", "CPURollbackAlarm", "CPU", "CPUUtilization", "CPU utilization"),
    Alarm("memory_utilization", "MemoryRollbackAlarm", "Mem", "MemoryUtilization", "memory utilization"),
)
_OF_WORKERS: Final = Alarm(
    "messages_delayed",
    "MessagesDelayedRollbackAlarm",
    "MsgsDelayed",
    "ApproximateNumberOfMessagesDelayed",
    "number of messages delayed",
    _SQS,
    "AWS/SQS",
    "Count",
    "worker service",
)


def rollback_alarms(stack: Stack) -> Resources:
    """`CPURollbackAlarm`, `MemoryRollbackAlarm`, `MessagesDelayedRollbackAlarm`."""
    for alarm, threshold in own_alarms(stack):
        description = f"A CloudWatch alarm associated with {alarm.what} for deployment rollbacks"
        yield alarm.id, resource("AWS::CloudWatch::Alarm", _properties(stack, alarm, threshold), description)


def own_alarms(stack: Stack) -> list[tuple[Alarm, Scalar]]:
    """The alarms that Copilot makes, with their thresholds."""
    section = as_mapping(stack.manifest.get("deployment", "rollback_alarms"))
    alarms = (*_ALARMS, _OF_WORKERS) if stack.is_worker else _ALARMS
    return [(alarm, threshold) for alarm in alarms if (threshold := scalar(section, alarm.field))]


def alarm_name(stack: Stack, alarm: Alarm) -> str:
    """The name of an alarm; too long a one has each of its parts cut (workload.go, TruncateAlarmName)."""
    suffix = f"CopilotRollback{alarm.suffix}Alarm"
    parts: tuple[str, ...] = (stack.application, stack.environment, stack.name)
    if sum(map(len, parts)) + len(suffix) > _LONGEST_NAME:
        longest = (_LONGEST_NAME - len(suffix) - len(parts)) // len(parts)
        parts = tuple(part[:longest] for part in parts)
    return "-".join((*parts, suffix))


def _properties(stack: Stack, alarm: Alarm, node: Scalar) -> Value:
    written = node.resolved
    threshold = number(float(written)) if isinstance(written, (int, float)) else node.text
    limit = f"{plain(threshold)}{'%' if alarm.unit == 'Percent' else ''}"
    what = f"if {alarm.what} is greater than or equal to {limit} twice in 3 minutes."
    properties: dict[str, Value] = {
        "AlarmDescription": f"Roll back {alarm.service} {what}",
        "AlarmName": Lazy(lambda: alarm_name(stack, alarm)),
        "Namespace": alarm.namespace,
        "Dimensions": alarm.dimensions,
        "MetricName": alarm.metric,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "DatapointsToAlarm": 2,
        "EvaluationPeriods": 3,
        "Period": 60,
        "Statistic": "Average",
        "Threshold": Sourced(threshold, node),
        "Unit": alarm.unit,
    }
    return Sourced(properties, node)
