"""The collector that `observability.tracing` asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.copilot_names import TRACING_CONTAINER
from sidecar_lint.template.containers.log_configuration import AWSLOGS
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.template.stack import Stack

_CONTAINER: Final[Value] = {
    "Name": TRACING_CONTAINER,
    "Image": "public.ecr.aws/aws-observability/aws-otel-collector:v0.17.0",
    "Command": ["--config=/etc/ecs/ecs-xray.yaml"],
    "LogConfiguration": AWSLOGS,
}


def collector(stack: Stack) -> Iterator[Value]:
    """The container, where there is one."""
    if stack.tracing is not None:
        yield Sourced(_CONTAINER, stack.tracing)
