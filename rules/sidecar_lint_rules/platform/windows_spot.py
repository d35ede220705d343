from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import JOB, Bad, Finding, Manifest, Rule, Severity, Stage
from sidecar_lint_rules.platform._windows import because_of_windows


class WindowsSpot(Rule):
    """A service on Windows asks for Fargate Spot.

    Fargate Spot runs Linux tasks only. Copilot checks that for ARM and not for Windows.
    """

    code, name = "SL411", "windows-spot"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: Fargate Spot does not place Windows tasks"
    sources = (
        "AWS: Amazon ECS Developer Guide, Amazon ECS clusters for Fargate, Fargate capacity providers",
    )
    good = (
        "platform: windows/amd64\ncount: 2",
        "platform: linux/amd64\ncount: {spot: 2}",
    )
    bad = (
        Bad(
            """
            platform: windows/amd64
            count:
              spot: 2
            # ^^^^ SL411
            """
        ),
        Bad(
            """
            platform: windows/amd64
            count:
              range: {min: 1, max: 10, spot_from: 2}
            #                          ^^^^^^^^^ SL411
              cpu_percentage: 70
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.is_windows or manifest.kind == JOB:
            return
        for path in (("count", "spot"), ("count", "range", "spot_from")):
            node = manifest.scalar(*path)
            if node and node.key and node.as_int:
                message = "there is no Fargate Spot for Windows"
                yield self.finding(
                    node.key.span,
                    message,
                    help=f"take `{path[-1]}` out",
                    follows_from=because_of_windows(manifest),
                )
