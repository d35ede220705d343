from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    REQUEST_DRIVEN,
    Bad,
    Finding,
    Manifest,
    Mapping,
    NamedTuple,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    as_mapping,
    is_resource_overridden,
)


class Bounds(NamedTuple):
    """What a number may be, in seconds where it is a duration."""

    least: int
    most: int
    is_duration: bool


_OF_CHECK: Final = {
    "interval": Bounds(5, 300, is_duration=True),
    "timeout": Bounds(2, 120, is_duration=True),
    "healthy_threshold": Bounds(2, 10, is_duration=False),
    "unhealthy_threshold": Bounds(2, 10, is_duration=False),
}
_OF_GROUP: Final = {"deregistration_delay": Bounds(0, 3600, is_duration=True)}
#: What App Runner takes for all of them.
_APP_RUNNER: Final = {name: Bounds(1, 20, bounds.is_duration) for name, bounds in _OF_CHECK.items()}
#: What is out of range is told already.
_SHORTEST: Final = 5
_LONGEST: Final = 120
#: What the template calls them.
_PROPERTIES: Final = (
    "HealthCheckConfiguration",
    "HealthCheckIntervalSeconds",
    "HealthCheckTimeoutSeconds",
    "HealthyThresholdCount",
    "UnhealthyThresholdCount",
    "TargetGroupAttributes",
)
_TYPES: Final = ("AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::AppRunner::Service")
#: What a load balancer takes where no timeout is written, in seconds.
_DEFAULT_TIMEOUT: Final = 5


class TargetGroupOutOfRange(Rule):
    """A number of a load balancer's health check is one that the load balancer does not take.

    An interval is 5 to 300 seconds, a timeout 2 to 120 and less than the interval, a threshold 2 to 10, a
    deregistration delay an hour at most. A timeout that is left out is 5 seconds, which an interval of 5
    seconds does not go with. For App Runner all of them are 1 to 20. Copilot hands the numbers on as they are.
    """

    code, name = "SL092", "target-group-out-of-range"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: the load balancer refuses the health check"
    sources = (
        "Elastic Load Balancing API: CreateTargetGroup, TargetGroupAttribute",
        "AWS App Runner API: HealthCheckConfiguration",
    )
    good = (
        "http: {path: /, healthcheck: {interval: 6s, healthy_threshold: 10}, deregistration_delay: 1h}",
        "nlb: {port: 80, healthcheck: {interval: 10s, timeout: 10s}}",
        "type: Request-Driven Web Service\nhttp: {healthcheck: {interval: 1s, timeout: 1s, healthy_threshold: 1}}",
    )
    bad = (
        Bad(
            """
            http:
              path: /
              healthcheck: {interval: 10s, timeout: 10s}
            #                                       ^^^ SL092
            """
        ),
        Bad(
            """
            http:
              path: /
              healthcheck:
                interval: 5s
            #             ^^ SL092
                healthy_threshold: 1
            #                      ^ SL092
            """,
            fixed="healthy_threshold: 2",
        ),
        Bad(
            """
            type: Request-Driven Web Service
            http: {healthcheck: {interval: 30s}}
            #                              ^^^ SL092
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        found = list(self._checks(manifest))
        changed = any(is_resource_overridden(manifest, type_, *_PROPERTIES) for type_ in _TYPES if found)
        yield from () if changed else found

    def _checks(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.kind == REQUEST_DRIVEN:
            yield from self._ranges(manifest.mapping("http", "healthcheck"), _APP_RUNNER)
        for section, _ in manifest.http_rules():
            check = as_mapping(section.get("healthcheck"))
            yield from self._ranges(check, _OF_CHECK)
            yield from self._ranges(section, _OF_GROUP)
            yield from self._order(check)
        for section, _ in manifest.nlb_listeners():
            yield from self._ranges(as_mapping(section.get("healthcheck")), _OF_CHECK)
            yield from self._ranges(section, _OF_GROUP)

    def _ranges(self, section: Mapping, fields: dict[str, Bounds]) -> Iterator[Finding]:
        for name, bounds in fields.items():
            node = section.get(name)
            number = _number(node, bounds) if isinstance(node, Scalar) else None
            if node is None or number is None or bounds.least <= number <= bounds.most:
                continue
            unit = "s" if bounds.is_duration else ""
            nearest = int(min(max(number, bounds.least), bounds.most))
            message = f"{name} must be from {bounds.least}{unit} to {bounds.most}{unit}"
            replace = None if bounds.is_duration else str(nearest)
            yield self.finding(node, message, help=f"write `{nearest}{unit}`", replace=replace)

    def _order(self, check: Mapping) -> Iterator[Finding]:
        interval, timeout = check.get("interval"), check.get("timeout")
        if not isinstance(interval, Scalar):
            return
        seconds = _number(interval, _OF_CHECK["interval"])
        waited = _number(timeout, _OF_CHECK["timeout"]) if isinstance(timeout, Scalar) else _DEFAULT_TIMEOUT
        if seconds is None or waited is None or waited < seconds or seconds < _SHORTEST or waited > _LONGEST:
            return
        if timeout is None:
            message, help_ = "the timeout is 5s where none is written", "write a timeout below the interval"
            yield self.finding(interval, f"{message}, and must be less than the interval", help=help_)
        else:
            related = (Related(interval.place, "the interval"),)
            help_ = f"write less than {interval.text}"
            yield self.finding(
                timeout, "the timeout must be less than the interval", help=help_, related=related
            )


def _number(node: Scalar, bounds: Bounds) -> float | None:
    """A number as Copilot writes it into the template; seconds are whole."""
    if not node.known or node.is_null:
        return None
    if not bounds.is_duration:
        return node.as_int
    return None if node.seconds is None else node.seconds // 1
