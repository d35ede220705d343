from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, closest

#: What Docker Compose and plain English call them.
_ALIASES: Final = {
    "SERVICE_STARTED": "start",
    "STARTED": "start",
    "RUNNING": "start",
    "SERVICE_HEALTHY": "healthy",
    "SERVICE_COMPLETED_SUCCESSFULLY": "success",
    "SUCCEEDED": "success",
    "COMPLETED": "complete",
}

_CONDITIONS: Final = ("start", "healthy", "complete", "success")


class InvalidDependencyCondition(Rule):
    """A dependency waits for something that is not a condition.

    A container can wait for another to `start`, to be `healthy`, to `complete` (end in whatever
    way) or to end with `success`. Upper and lower case do not matter.
    """

    code, name = "SL123", "invalid-dependency-condition"
    severity, stage = Severity.ERROR, Stage.COPILOT
    in_schema = True
    effect = "Copilot refuses the manifest: the status must be one of START, COMPLETE, SUCCESS or HEALTHY"
    sources = ("internal/pkg/manifest/validate.go: DependsOn.validate",)
    good = (
        """
        image: {depends_on: {nginx: Healthy, envoy: '${CONDITION}'}}
        sidecars: {nginx: {image: nginx}, envoy: {image: envoy}}
        """,
    )
    bad = (
        Bad(
            """
            image:
              depends_on:
                nginx: service_healthy
            #          ^^^^^^^^^^^^^^^ SL123
                envoy:
            #   ^^^^^ SL123
            sidecars: {nginx: {image: nginx}, envoy: {image: envoy}}
            """,
            fixed="nginx: healthy",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for dependency in manifest.dependencies:
            if not dependency.condition.known or dependency.word.lower() in _CONDITIONS:
                continue
            written = dependency.word.lower()
            nearest = _ALIASES.get(dependency.word) or closest(written, _CONDITIONS)
            said = repr(dependency.condition.text) if written else "an empty text"
            yield self.finding(
                dependency.condition,
                f"{said} is not a condition to wait for",
                replace=nearest,
                help="" if nearest else f"write one of {', '.join(_CONDITIONS)}",
            )
