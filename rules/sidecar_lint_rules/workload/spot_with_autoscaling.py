from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Related, Rule, Severity, Stage


class SpotWithAutoscaling(Rule):
    """`count.spot` is written beside autoscaling.

    `spot` is a fixed number of tasks on Fargate Spot. To scale on Spot, write `range` as a map:
    from `spot_from` on, tasks run there.
    """

    code, name = "SL064", "spot-with-autoscaling"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: a service has a fixed number of tasks, or it scales"
    sources = ("internal/pkg/manifest/validate.go: AdvancedCount.validate",)
    good = (
        "count: {spot: 5}",
        "count: {range: {min: 1, max: 10, spot_from: 2}, cpu_percentage: 70}",
        """
        count: {range: 1-10, cpu_percentage: 70}
        environments: {test: {count: {spot: 1}}}
        """,
    )
    bad = (
        Bad(
            """
            count:
              spot: 5
            # ^^^^ SL064
              range: 1-10
              cpu_percentage: 70
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        count = manifest.mapping("count")
        spot = count.get("spot")
        if spot is None or not manifest.scaling.possible:
            return
        names = [name for name in ("range", *manifest.scaling.metrics) if manifest.scaling.sets(name)]
        if names:
            message = f"spot excludes {', '.join(names)}"
            help_ = "leave spot out and write range.spot_from, or keep spot alone"
            other = (Related(count.entries[names[0]].place, "autoscaling"),)
            yield self.finding(spot.key or spot, message, help=help_, related=other)
