"""Scaling policies that keep a metric at a value."""

from __future__ import annotations

from typing import Final

from sidecar_lint.syntax.nodes import Mapping, Node, as_mapping
from sidecar_lint.template.decoding import duration, number
from sidecar_lint.template.intrinsics import ref
from sidecar_lint.template.values import Sourced, Value

KIND: Final = "AWS::ApplicationAutoScaling::ScalingPolicy"
_SCALE_IN: Final = 120
_SCALE_OUT: Final = 60


def cooldowns(section: Mapping, field: str) -> dict[str, Value]:
    """How long to wait after scaling: the metric's own times, else the general ones."""
    own, general = (
        as_mapping(as_mapping(section.get(field)).get("cooldown")),
        as_mapping(section.get("cooldown")),
    )
    return {
        "ScaleInCooldown": _seconds(own.get("in")) or _seconds(general.get("in")) or _SCALE_IN,
        "ScaleOutCooldown": _seconds(own.get("out")) or _seconds(general.get("out")) or _SCALE_OUT,
    }


def tracking(configuration: dict[str, Value], name: Value) -> dict[str, Value]:
    """The properties of a policy that follows a metric."""
    return {
        "PolicyName": name,
        "PolicyType": "TargetTrackingScaling",
        "ScalingTargetId": ref("AutoScalingTarget"),
        "TargetTrackingScalingPolicyConfiguration": configuration,
    }


def _seconds(node: Node | None) -> Value:
    value = duration(node)
    return Sourced(number(value), node) if node and value is not None else None
