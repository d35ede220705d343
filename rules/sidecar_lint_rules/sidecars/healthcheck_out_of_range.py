from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage, deployed_health_checks

_SECONDS: Final = {"interval": (5, 300), "timeout": (2, 60), "start_period": (0, 300)}
_RETRIES: Final = (1, 10)


class HealthcheckOutOfRange(Rule):
    """A number of a health check is outside what ECS allows.

    `interval` is 5 to 300 seconds, `timeout` 2 to 60, `start_period` 0 to 300, and `retries` 1 to
    10. Copilot checks none of it, and cuts durations to whole seconds: `500ms` becomes 0.
    """

    code, name = "SL130", "healthcheck-out-of-range"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    in_schema = True
    effect = "ECS refuses the task definition"
    sources = ("AWS ECS API: HealthCheck", "internal/pkg/manifest/validate.go: ContainerHealthCheck.validate")
    good = (
        """
        image: {healthcheck: {interval: 5s, timeout: 2500ms, retries: 10, start_period: 5m}}
        sidecars: {nginx: {image: nginx, healthcheck: {interval: '${X}', retries: 1}}}
        """,
    )
    bad = (
        Bad(
            """
            image: {healthcheck: {interval: 6m, retries: 0}}
            #                               ^^ SL130
            #                                            ^ SL130
            sidecars:
              nginx:
                image: nginx
                healthcheck: {timeout: 1.9s, start_period: 400s}
            #                          ^^^^ SL130
            #                                              ^^^^ SL130
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for _, healthcheck in deployed_health_checks(manifest):
            for field, (low, high) in _SECONDS.items():
                node = healthcheck.get(field)
                seconds = node.seconds if isinstance(node, Scalar) and node.known else None
                if isinstance(node, Scalar) and seconds is not None and not low <= int(seconds) <= high:
                    cut = "" if seconds == int(seconds) else f", which Copilot cuts to {int(seconds)}s,"
                    message = f"{field} {node.text!r}{cut} is not from {low}s to {high}s"
                    yield self.finding(node, message, help=f"write a duration from {low}s to {high}s")
            retries = healthcheck.get("retries")
            number = retries.as_int if isinstance(retries, Scalar) else None
            if retries is not None and number is not None and not _RETRIES[0] <= number <= _RETRIES[1]:
                message = f"retries {number} is not from {_RETRIES[0]} to {_RETRIES[1]}"
                yield self.finding(
                    retries, message, help=f"write a number from {_RETRIES[0]} to {_RETRIES[1]}"
                )
