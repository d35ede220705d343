from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, deployed_template

_POLICY = "AutoScalingPolicyALBSumRequestCountPerTarget"
_GROUP = "TargetGroup"


class ScalingOnMissingTarget(Rule):
    """A service behind a load balancer of its own cannot scale by requests.

    With `http.alb` the target group is called `TargetGroupForImportedALB` in the template. The policy that
    scales by `count.requests` still asks for `!GetAtt TargetGroup.TargetGroupFullName`, which is not there then.
    The one for `response_time` asks for the right one.
    """

    code, name = "SL745", "scaling-on-missing-target"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: the template refers to TargetGroup, and there is none"
    sources = ("internal/pkg/template/templates/workloads/partials/cf/autoscaling.yml",)
    good = (
        "http: {path: /, alb: shared}\ncount: {range: 1-3, response_time: 1s}",
        "http: {path: /}\ncount: {range: 1-3, requests: 100}",
    )
    bad = (
        Bad(
            """
            type: Load Balanced Web Service
            name: api
            image: {location: nginx, port: 80}
            http: {path: /, alb: shared}
            count: {range: 1-3, requests: 100}
            #                             ^^^ SL745
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.get("http", "alb") is None or manifest.get("count", "requests") is None:
            return
        deployed = deployed_template(manifest)
        resources = deployed.resources if deployed else {}
        policy = resources.get(_POLICY)
        properties = policy.get("Properties") if policy else None
        if properties is not None and properties.origin and _GROUP not in resources:
            help_ = (
                "scale by response_time or cpu_percentage, or patch the policy in overrides/cfn.patches.yml"
            )
            yield self.finding(properties.origin.node, "nothing can scale by requests here", help=help_)
