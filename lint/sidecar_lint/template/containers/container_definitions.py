"""The containers of a task, in the order in which Copilot writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.template.containers import environment
from sidecar_lint.template.containers.collector import collector
from sidecar_lint.template.containers.log_router import log_router
from sidecar_lint.template.containers.main import main_container
from sidecar_lint.template.containers.sidecar import sidecar_container

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack
    from sidecar_lint.template.values import Value


def container_definitions(stack: Stack) -> list[Value]:
    """The workload's own container, the log router, the collector, and the sidecars by name."""
    common = environment.common(stack)
    return [
        main_container(stack, common),
        *log_router(stack, common),
        *collector(stack),
        *(sidecar_container(stack, sidecar, common) for sidecar in stack.sidecars),
    ]
