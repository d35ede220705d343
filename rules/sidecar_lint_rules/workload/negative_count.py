from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import JOB, Bad, Finding, Manifest, Rule, Severity, Stage, is_overridden


class NegativeCount(Rule):
    """A service is to have less than no task.

    Copilot hands the number on. A service without tasks has a `count` of 0.
    """

    code, name = "SL094", "negative-count"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: ECS refuses the number of tasks"
    sources = ("Amazon ECS API: CreateService",)
    good = ("count: 0", "type: Scheduled Job\ncount: -1")
    bad = (
        Bad(
            """
            count: -1
            #      ^^ SL094
            """
        ),
    )
    also_good = ("cpu: 256",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.scalar("count")
        number = node.as_int if node and node.known else None
        if node is None or number is None or number >= 0 or not manifest.is_ecs or manifest.kind == JOB:
            return
        if not is_overridden(manifest, "Resources", "Service", "Properties", "DesiredCount"):
            yield self.finding(
                node, f"there is no service with {number} tasks", help="write 0 for a service without tasks"
            )
