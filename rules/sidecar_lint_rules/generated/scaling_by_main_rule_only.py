from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    SCALING_PERCENTAGES,
    Bad,
    Finding,
    Manifest,
    Related,
    Rule,
    Severity,
    Stage,
    enumerated,
    is_overridden,
)

#: The policies that follow the load balancer, by the field of `count`.
_POLICIES: Final = {
    "requests": "AutoScalingPolicyALBSumRequestCountPerTarget",
    "response_time": "AutoScalingPolicyALBAverageResponseTime",
}


class ScalingByMainRuleOnly(Rule):
    """A service scales by the requests of its main rule, and not by those of `additional_rules`.

    Each rule has a target group of its own, and the metric of `count.requests` and `count.response_time` is that of
    the first one. What comes in through the other rules is not counted, however much it is. Where the service scales
    by CPU or memory as well, it does so for all of them.
    """

    code, name = "SL755", "scaling-by-main-rule-only"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "no task is added for what comes in through the additional rules"
    sources = ("internal/pkg/template/templates/workloads/partials/cf/autoscaling.yml",)
    good = (
        "http: {path: /, additional_rules: []}\ncount: {range: 1-3, requests: 100}",
        "http: {path: /, additional_rules: [{path: /api}]}\ncount: {range: 1-3, cpu_percentage: 70}",
    )
    bad = (
        Bad(
            """
            type: Load Balanced Web Service
            name: api
            image: {location: nginx, port: 80}
            http: {path: /, additional_rules: [{path: /api}]}
            count: {range: 1-3, requests: 100}
            #                   ^^^^^^^^ SL755
            """
        ),
    )

    also_good = (
        "http: {path: /, additional_rules: [{path: /api}]}\ncount: {range: 1-3, requests: 100, memory_percentage: 70}",
        """
        http: {path: /, additional_rules: [{path: /api}]}
        count: {range: 1-3, requests: 100, response_time: 1s, cpu_percentage: {value: 70, cooldown: {in: 30s}}}
        """,
    )
    also_bad = (
        Bad(
            """
            type: Load Balanced Web Service
            name: api
            image: {location: nginx, port: 80}
            http: {path: /, additional_rules: [{path: /api}]}
            count: {range: 1-3, response_time: 1s, requests: 100}
            #                                      ^^^^^^^^ SL755
            environments:
              prod: {count: {cpu_percentage: 70}}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        others = [rule for rule, _ in manifest.http_rules()][1:]
        if not others or any(manifest.get("count", field) is not None for field in SCALING_PERCENTAGES):
            return
        counted = [
            (field, node.key or node)
            for field, policy in _POLICIES.items()
            if (node := manifest.get("count", field)) is not None
            and not is_overridden(manifest, "Resources", policy)
        ]
        if counted:
            names = enumerated((f"`{field}`" for field, _ in counted), " and ")
            does = "counts" if len(counted) == 1 else "count"
            related = [Related(node.place, "this, too") for _, node in counted[1:]]
            related.append(Related(others[0].place, "what is not counted"))
            yield self.finding(
                counted[0][1],
                f"{names} {does} what comes in through the main rule only",
                help="scale by cpu_percentage or memory_percentage as well",
                related=tuple(related),
            )
