from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import LOAD_BALANCED, Bad, Finding, Manifest, Rule, Severity, Stage, named_aliases


class NlbHostedZone(Rule):
    """An alias of `nlb` names its hosted zone.

    Copilot takes `hosted_zone` for aliases of `http` only. The aliases of a network load balancer
    go to the hosted zones of the application's own domain.
    """

    code, name = "SL058", "nlb-hosted-zone"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: nlb does not take a hosted zone"
    sources = ("internal/pkg/manifest/validate.go: NetworkLoadBalancerConfiguration.validate",)
    good = ("nlb: {port: 443/tls, alias: [{name: example.com}]}",)
    bad = (
        Bad(
            """
            nlb:
              port: 443/tls
              alias:
                - name: example.com
                  hosted_zone: Z0123456789
            #     ^^^^^^^^^^^ SL058
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.kind != LOAD_BALANCED:
            return
        for alias in named_aliases(manifest.mapping("nlb")):
            zone = alias.get("hosted_zone")
            if zone is not None:
                message = "an alias of nlb cannot name its hosted zone"
                yield self.finding(zone.key or zone, message, help="leave hosted_zone out")
