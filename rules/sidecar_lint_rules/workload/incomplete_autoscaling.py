from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, lost


class IncompleteAutoscaling(Rule):
    """`count` says from how many tasks to how many, or what to scale on, but not both.

    Autoscaling needs `range` and at least one metric. `cooldown` alone does nothing either.
    """

    code, name = "SL065", "incomplete-autoscaling"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: autoscaling needs a range and something to scale on"
    sources = ("internal/pkg/manifest/validate.go: AdvancedCount.validate",)
    good = (
        "count: {range: 1-10, cpu_percentage: 70, cooldown: {in: 60s}}",
        "count: {spot: 3}",
        "count: 3",
    )
    bad = (
        Bad(
            """
            count:
              range: 1-10
            # ^^^^^ SL065
              cooldown: {in: 60s}
            """
        ),
        Bad(
            """
            count:
              cpu_percentage: 70
            # ^^^^^^^^^^^^^^ SL065
              memory_percentage: 80
            """
        ),
        Bad(
            """
            count: {spot: 3, cooldown: {out: 60s}}
            #                ^^^^^^^^ SL065
            """
        ),
    )
    also_good = (
        "count: {range: 1-10, spot: 2}",
        """
        type: Scheduled Job
        count: {range: 1-10}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        count, possible = manifest.mapping("count"), manifest.scaling.possible
        scaled, in_range = manifest.scaling.metrics, manifest.scaling.sets("range")
        if not possible or (count.get("spot") is not None and (scaled or in_range)):
            return
        if scaled and not in_range:
            node = count.entries[scaled[0]]
            message = f"count scales on {scaled[0]} but has no range"
            yield self.finding(
                node.key or node,
                message,
                help="write range:, such as 1-10",
                follows_from=lost(manifest, "count", "range"),
            )
        elif not scaled and (in_range or manifest.scaling.sets("cooldown")):
            follows_from = [cause for metric in possible for cause in lost(manifest, "count", metric)]
            name = "range" if in_range else "cooldown"
            node = count.entries[name]
            message = f"count has {name} but nothing to scale on"
            yield self.finding(
                node.key or node,
                message,
                help=f"write one of {', '.join(possible)}",
                follows_from=follows_from,
            )
