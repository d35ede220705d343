from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import SCALING_PERCENTAGES, Bad, Finding, Manifest, Mapping, Rule, Severity, Stage, lost


class MissingScalingValue(Rule):
    """A percentage to scale on has a cooldown, but no `value`.

    Written as a map, `cpu_percentage` and `memory_percentage` need `value`. An environment that
    writes the map does not inherit the plain number of the base: one form replaces the other.
    """

    code, name = "SL068", "missing-scaling-value"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot crashes: nil pointer dereference"
    sources = ("internal/pkg/manifest/validate.go: AdvancedScalingConfig.validate",)
    good = ("count: {range: 1-10, cpu_percentage: {value: 70, cooldown: {in: 60s}}}",)
    bad = (
        Bad(
            """
            count:
              range: 1-10
              cpu_percentage: 70
            environments:
              prod:
                count:
                  cpu_percentage:
            #     ^^^^^^^^^^^^^^ SL068
                    cooldown: {in: 60s}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.scaling.possible:
            return
        for name in SCALING_PERCENTAGES:
            node = manifest.get("count", name)
            if (
                isinstance(node, Mapping)
                and node.get("value") is None
                and manifest.scaling.sets(name, "cooldown")
            ):
                message = f"{name} has no value"
                yield self.finding(
                    node.key or node,
                    message,
                    help="write value: and the percentage",
                    follows_from=lost(manifest, "count", name, "value"),
                )
