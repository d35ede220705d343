from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    BACKEND,
    LOAD_BALANCED,
    WORKER,
    Bad,
    Finding,
    Manifest,
    Rule,
    Severity,
    Stage,
    closest,
)

_STRATEGIES: Final = ("default", "recreate")
_ROLLING: Final = (LOAD_BALANCED, BACKEND, WORKER)


class InvalidRollingStrategy(Rule):
    """`deployment.rolling` is neither `default` nor `recreate`.

    `default` starts the new tasks before it stops the old ones, `recreate` stops the old ones
    first. Upper and lower case do not matter.
    """

    code, name = "SL077", "invalid-rolling-strategy"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: it knows the strategies default and recreate"
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: DeploymentControllerConfig.validate",)
    good = ("deployment: {rolling: Recreate}", "deployment: {rolling: '${STRATEGY}'}")
    bad = (
        Bad(
            """
            deployment:
              rolling: re-create
            #          ^^^^^^^^^ SL077
            """,
            fixed="rolling: recreate",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        rolling = manifest.scalar("deployment", "rolling")
        if rolling is None or not rolling.known or manifest.kind not in _ROLLING:
            return
        if rolling.text.lower() not in _STRATEGIES:
            nearest = closest(rolling.text, _STRATEGIES)
            message = f"{rolling.text!r} is not a rolling strategy"
            choice = "" if nearest else f"write {' or '.join(_STRATEGIES)}"
            yield self.finding(rolling, message, replace=nearest, help=choice)
