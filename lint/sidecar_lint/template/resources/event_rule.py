"""When a job runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template import iam
from sidecar_lint.template.intrinsics import get_att, ref
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.schedule import NEVER, schedule_node
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_DESCRIPTION: Final = "A CloudWatch event rule to trigger the job's state machine"
_TARGETS: Final[Value] = [
    {"Arn": ref("StateMachine"), "Id": "statemachine", "RoleArn": get_att("RuleRole.Arn")}
]
_ENABLED: Final[Value] = {"ScheduleExpression": ref("Schedule"), "State": "ENABLED", "Targets": _TARGETS}
_DISABLED: Final[Value] = {"ScheduleExpression": "rate(5 minutes)", "State": "DISABLED", "Targets": _TARGETS}
_ROLE: Final[Value] = {
    "AssumeRolePolicyDocument": iam.assumed_by("events.amazonaws.com"),
    "Policies": [iam.policy("EventRulePolicy", iam.allow("states:StartExecution", ref("StateMachine")))],
}


def event_rule(stack: Stack) -> Resources:
    """`Rule` and `RuleRole`."""
    node = schedule_node(stack)
    properties = _DISABLED if node and node.text == NEVER else _ENABLED
    yield (
        "Rule",
        resource("AWS::Events::Rule", Sourced(properties, node) if node else properties, _DESCRIPTION),
    )
    yield "RuleRole", resource("AWS::IAM::Role", _ROLE)
