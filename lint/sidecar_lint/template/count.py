"""How many tasks there are: a number, Spot, or a range between which they scale."""

from __future__ import annotations

from typing import Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, as_mapping
from sidecar_lint.syntax.scalars import natural
from sidecar_lint.template.decoding import integer, is_set
from sidecar_lint.template.stack import Stack, once
from sidecar_lint.template.values import Sourced, Value, bare

_SCALED: Final = ("cpu_percentage", "memory_percentage", "requests", "response_time")
_OF_QUEUES: Final = ("acceptable_latency", "msg_processing_time")
_COOLDOWN: Final = ("in", "out")


class TaskRange(NamedTuple):
    """The least and the most tasks; what is missing is 0."""

    least: Value
    most: Value


@once
def advanced(stack: Stack) -> Mapping:
    """The map form of `count`; an empty one where a number is written, or nothing is set."""
    section = as_mapping(stack.manifest.get("count"))
    return section if _says_something(section) else Mapping(section.span)


@once
def spot(stack: Stack) -> Sourced | None:
    """The number of tasks on Fargate Spot."""
    return integer(advanced(stack), "spot")


@once
def scaling(stack: Stack) -> Mapping | None:
    """The map form, where tasks scale."""
    section = advanced(stack)
    return section if section.entries and spot(stack) is None and not stack.is_job else None


def bounds(section: Mapping) -> TaskRange:
    """The range of a map form."""
    node = section.get("range")
    if isinstance(node, Scalar):
        least, _, most = node.text.partition("-")
        return TaskRange(_number(least, node), _number(most, node))
    inner = as_mapping(node)
    return TaskRange(integer(inner, "min") or 0, integer(inner, "max") or 0)


def capacity_providers(stack: Stack) -> Value:
    """`CapacityProviderStrategy`; nothing without Spot (transformers.go, convertCapacityProviders)."""
    section = advanced(stack)
    on_spot, spot_from = spot(stack), integer(as_mapping(section.get("range")), "spot_from")
    if on_spot is None and spot_from is None:
        return None
    strategy: list[Value] = [{"CapacityProvider": "FARGATE_SPOT", "Weight": 1}]
    if spot_from is not None and _int(spot_from) >= _int(bounds(section).least):
        base = Sourced(max(_int(spot_from) - 1, 0), spot_from.node)
        strategy.append({"CapacityProvider": "FARGATE", "Weight": 0, "Base": base})
    return Sourced(strategy, (spot_from or on_spot or Sourced(None, section)).node)


def desired(stack: Stack) -> Value:
    """The number of tasks to begin with: what is written, on Spot, or the least of the range."""
    section = advanced(stack)
    if not section.entries:
        return integer(stack.manifest.root, "count") or 1
    return spot(stack) or bounds(section).least


def _says_something(section: Mapping) -> bool:
    """Whether a map form sets a field that Copilot knows (svc.go, AdvancedCount.IsEmpty)."""
    if integer(section, "spot") is not None or _sets(section.get("range"), "min", "max", "spot_from"):
        return True
    if _sets(section.get("cooldown"), *_COOLDOWN) or _sets(section.get("queue_delay"), *_OF_QUEUES):
        return True
    return any(_sets(section.get(name), "value", "cooldown") for name in _SCALED)


def _sets(node: Node | None, *names: str) -> bool:
    return isinstance(node, Scalar) or (isinstance(node, Mapping) and is_set(node, *names))


def _number(text: str, node: Node) -> Value:
    return Sourced(natural(text) if text.isdecimal() else 0, node)


def _int(value: Value) -> int:
    number = bare(value)
    return number if isinstance(number, int) else 0
