from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import BACKEND, LOAD_BALANCED, WORKER, Bad, Finding, Manifest, Rule, Severity, Stage

_ARM = frozenset(("arm", "arm64"))
_SERVICES = frozenset((LOAD_BALANCED, BACKEND, WORKER))


class SpotOnArm(Rule):
    """A service on ARM asks for Fargate Spot, and Copilot is older than 1.34.

    Fargate Spot has run ARM tasks since 2024, and Copilot 1.34 lets them. Earlier versions refuse the
    manifest. This rule is run only where the configuration says `copilot-version: 1.33` or less.
    """

    code, name = "SL413", "spot-on-arm"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot 1.33 and earlier refuse the manifest: 'Fargate Spot' is not supported on ARM"
    before = (1, 34)
    sources = ("internal/pkg/manifest/validate.go of 1.33, validateARM",)
    good = (
        "platform: linux/arm64\ncount: 2",
        "platform: linux/amd64\ncount: {spot: 2}",
    )
    bad = (
        Bad(
            """
            platform: linux/arm64
            count:
              spot: 2
            # ^^^^ SL413
            """
        ),
        Bad(
            """
            platform: {osfamily: linux, architecture: ARM}
            count:
              range: {min: 1, max: 10, spot_from: 2}
            #                          ^^^^^^^^^ SL413
              cpu_percentage: 70
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.kind not in _SERVICES or manifest.platform[1] not in _ARM:
            return
        for path in (("count", "spot"), ("count", "range", "spot_from")):
            node = manifest.scalar(*path)
            if node and node.key:
                message = "there is no Fargate Spot on ARM before Copilot 1.34"
                yield self.finding(node.key.span, message, help="deploy with Copilot 1.34, or take it out")
