"""The configuration of a CloudWatch agent in a container: JSON, in the variable `CW_CONFIG_CONTENT`.

Source: amazon-cloudwatch-agent, translator/config/schema.json and its ECS documentation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.images import CLOUDWATCH_AGENT
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.containers import Container

VARIABLE: Final = "CW_CONFIG_CONTENT"
#: Where each section says what the agent collects; without any of these it has nothing to do.
INPUTS: Final = (
    ("metrics", "metrics_collected"),
    ("logs", "metrics_collected"),
    ("logs", "logs_collected"),
    ("traces", "traces_collected"),
)
_LOGS: Final = ("logs:CreateLogStream", "logs:PutLogEvents")
#: What sending what is collected takes.
_ACTIONS: Final = {
    ("metrics", "metrics_collected"): ("cloudwatch:PutMetricData",),
    ("logs", "metrics_collected"): _LOGS,
    ("logs", "logs_collected"): _LOGS,
    ("traces", "traces_collected"): ("xray:PutTraceSegments", "xray:PutTelemetryRecords"),
}
#: A configuration is small; a text that goes on is not read to its end.
_MOST: Final = 100_000


class AgentConfiguration(NamedTuple):
    """A configuration as it is written.

    `problem` says why it is no JSON object, and where; it is empty where it is one. `collected` are
    those of `INPUTS` that hold something.
    """

    node: Scalar
    problem: str
    collected: tuple[tuple[str, str], ...]

    @property
    def actions(self) -> tuple[str, ...]:
        """The IAM actions that the agent surely calls."""
        return tuple(sorted({action for each in self.collected for action in _ACTIONS[each]}))


def agent_configuration(container: Container) -> AgentConfiguration | None:
    """The configuration of a container that is a CloudWatch agent; None where it has none that is known."""
    reference = container.image_reference
    node = container.mapping("variables").get(VARIABLE)
    if reference is None or reference.kind != CLOUDWATCH_AGENT or not isinstance(node, Scalar):
        return None
    if not node.known or "${" in node.text or len(node.text) > _MOST:
        return None
    import json

    try:
        read = json.loads(node.text)
    except json.JSONDecodeError as error:
        return AgentConfiguration(node, f"{error.msg} at line {error.lineno}, column {error.colno}", ())
    except RecursionError:
        return None
    if not isinstance(read, dict):
        return AgentConfiguration(node, "it is not an object", ())
    return AgentConfiguration(node, "", tuple(_collected(read)))


def _collected(read: dict[str, object]) -> Iterator[tuple[str, str]]:
    for section, field in INPUTS:
        part = read.get(section)
        if isinstance(part, dict) and part.get(field):
            yield section, field
