from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Related, Rule, Severity, Stage, is_overridden

#: The policies that follow the load balancer, by the field of `count`.
_POLICIES: Final = {
    "requests": "AutoScalingPolicyALBSumRequestCountPerTarget",
    "response_time": "AutoScalingPolicyALBAverageResponseTime",
}


class ScalingByMainRuleOnly(Rule):
    """A service scales by the requests of its main rule, and not by those of `additional_rules`.

    Each rule has a target group of its own, and the metric of `count.requests` and `count.response_time` is that of
    the first one. What comes in through the other rules is not counted, however much it is.
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

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        others = [rule for rule, _ in manifest.http_rules()][1:]
        for field, policy in _POLICIES.items() if others else ():
            node = manifest.get("count", field)
            if node is not None and not is_overridden(manifest, "Resources", policy):
                related = (Related(others[0].place, "what it does not count"),)
                message = f"`{field}` counts what comes in through the main rule only"
                help_ = "scale by cpu_percentage or memory_percentage as well"
                yield self.finding(node.key or node, message, help=help_, related=related)
