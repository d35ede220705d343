"""The health check of a container."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template.decoding import integer, is_set, items, seconds
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Mapping

_FIELDS: Final = ("command", "interval", "retries", "timeout", "start_period")
#: Source: workload_ecs.go, NewDefaultContainerHealthCheck.
_COMMAND: Final = ("CMD-SHELL", "curl -f http://localhost/ || exit 1")
_INTERVAL: Final = 10
_RETRIES: Final = 2
_START_PERIOD: Final = 0
_TIMEOUT: Final = 5


def health_check(section: Mapping) -> Value:
    """The health check that a section describes; nothing where it sets nothing."""
    if not is_set(section, *_FIELDS):
        return None
    written = [Sourced(word.text, word) for word in items(section.get("command"))]
    return {
        "Command": list(_COMMAND) if section.get("command") is None else written,
        "Interval": seconds(section, "interval") or _INTERVAL,
        "Retries": integer(section, "retries") or _RETRIES,
        "StartPeriod": seconds(section, "start_period") or _START_PERIOD,
        "Timeout": seconds(section, "timeout") or _TIMEOUT,
    }
