"""The log group of the containers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template.intrinsics import FULL_NAME, join, ref
from sidecar_lint.template.resource import Resources, resource

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack
    from sidecar_lint.template.values import Value

_PROPERTIES: Final[Value] = {
    "LogGroupName": join("", "/copilot/", *FULL_NAME),
    "RetentionInDays": ref("LogRetention"),
}
_DESCRIPTION: Final = "A CloudWatch log group to hold your service logs"


def log_group(_: Stack) -> Resources:
    """`LogGroup`."""
    yield "LogGroup", resource("AWS::Logs::LogGroup", _PROPERTIES, _DESCRIPTION)
