"""Scaling by how many messages each task has waiting (`queue_delay`), in all queues of a worker."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Mapping, as_mapping
from sidecar_lint.template import iam
from sidecar_lint.template.custom_resource import function
from sidecar_lint.template.decoding import duration
from sidecar_lint.template.intrinsics import CLUSTER, WORKLOAD, get_att, join, ref, sub
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.target_tracking import KIND, cooldowns, tracking
from sidecar_lint.template.topics import with_queue
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_FUNCTION: Final = "BacklogPerTaskCalculatorFunction"
_LOG_GROUP: Final = "BacklogPerTaskCalculatorLogGroup"
_RULE: Final = "BacklogPerTaskScheduledRule"
_QUEUE: Final = "EventsQueue"
_NAMESPACE: Final = sub("${AppName}-${EnvName}-${WorkloadName}")
_LOG_GROUP_PROPERTIES: Final[Value] = {
    "LogGroupName": {"Fn::Join": ["/", ["/aws", "lambda", {"Fn::Sub": f"${{{_FUNCTION}}}"}]]},
    "RetentionInDays": 3,
}
_FUNCTION_DESCRIPTION: Final = "A Lambda function to emit BacklogPerTask metrics to CloudWatch"
_ROLE: Final = f"An IAM role for {_FUNCTION}"
_RULE_DESCRIPTION: Final = "A trigger to invoke the BacklogPerTaskCalculator Lambda function every minute"
_RULE_PROPERTIES: Final[Value] = {
    "ScheduleExpression": "rate(1 minute)",
    "State": "ENABLED",
    "Targets": [{"Arn": get_att(f"{_FUNCTION}.Arn"), "Id": f"{_FUNCTION}Trigger"}],
}
_PERMISSION: Final[Value] = {
    "FunctionName": ref(_FUNCTION),
    "Action": "lambda:InvokeFunction",
    "Principal": "events.amazonaws.com",
    "SourceArn": get_att(f"{_RULE}.Arn"),
}


def backlog_per_task(stack: Stack, section: Mapping) -> Resources:
    """What measures the backlog every minute, and the policy of each queue."""
    queues = [_QUEUE, *(topic.queue_id for topic in with_queue(stack))]
    yield _LOG_GROUP, resource("AWS::Logs::LogGroup", _LOG_GROUP_PROPERTIES)
    variables: dict[str, Value] = {"Environment": {"Variables": _variables(queues)}}
    role = "BacklogPerTaskCalculatorRole"
    yield _FUNCTION, function(stack, _FUNCTION, role, description=_FUNCTION_DESCRIPTION, more=variables)
    yield role, resource("AWS::IAM::Role", _role(queues), _ROLE)
    rule = resource("AWS::Events::Rule", _RULE_PROPERTIES, _RULE_DESCRIPTION, depends_on=[_LOG_GROUP])
    yield _RULE, rule
    yield "PermissionToInvokeBacklogPerTaskCalculatorLambda", resource("AWS::Lambda::Permission", _PERMISSION)
    for queue in queues:
        yield f"AutoScalingPolicy{queue}", _policy(section, queue)


def _variables(queues: list[str]) -> Value:
    return {
        "CLUSTER_NAME": CLUSTER,
        "SERVICE_NAME": ref("Service"),
        "NAMESPACE": _NAMESPACE,
        "QUEUE_NAMES": {"Fn::Join": [",", [get_att(f"{queue}.QueueName") for queue in queues]]},
    }


def _role(queues: list[str]) -> Value:
    actions = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"]
    policy = iam.policy(
        "BacklogPerTaskCalculatorAccess",
        iam.allow(["ecs:DescribeServices"], sid="ECS", condition=iam.IN_CLUSTER),
        iam.allow(actions, [get_att(f"{queue}.Arn") for queue in queues], sid="SQS"),
    )
    return iam.function_role(policy)


def _policy(section: Mapping, queue: str) -> Value:
    backlog = _acceptable(as_mapping(section.get("queue_delay")))
    name = get_att(f"{queue}.QueueName")
    metric: Value = {
        "Namespace": _NAMESPACE,
        "MetricName": "BacklogPerTask",
        "Statistic": "Average",
        "Dimensions": [{"Name": "QueueName", "Value": name}],
        "Unit": "Count",
    }
    configuration = {
        **cooldowns(section, "queue_delay"),
        "CustomizedMetricSpecification": metric,
        "TargetValue": backlog,
    }
    properties = tracking(configuration, join("-", WORKLOAD, "BacklogPerTask", name))
    description = f"An autoscaling policy to maintain {backlog} messages/task for {queue}"
    return resource(KIND, Sourced(properties, section), description)


def _acceptable(section: Mapping) -> int:
    """How many messages may wait for a task: as many as it can do in the time."""
    latency, processing = (
        duration(section.get("acceptable_latency")),
        duration(section.get("msg_processing_time")),
    )
    return math.ceil(round(latency / processing, 9)) if latency and processing else 0
