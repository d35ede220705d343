from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import LOAD_BALANCED, Bad, Finding, Manifest, Rule, Severity, Stage, lost


class NoLoadBalancer(Rule):
    """A Load Balanced Web Service has no load balancer.

    It needs `http`, for an application load balancer, or `http: false` together with `nlb`, for a
    network load balancer alone. Copilot wants `http` to be there even where `nlb` is.
    """

    code, name = "SL053", "no-load-balancer"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: it must have http, or nlb and http: false"
    sources = ("internal/pkg/manifest/validate.go: LoadBalancedWebServiceConfig.validate",)
    good = (
        "http: {path: /}",
        "http: false\nnlb: {port: 443/tls}",
        "type: Backend Service",
    )
    bad = (
        Bad(
            """
            type: Load Balanced Web Service
            ^^^^ SL053
            nlb: {port: 443/tls}
            """
        ),
        Bad(
            """
            http: {path: /}
            environments:
              prod:
                http: false
            #         ^^^^^ SL053
            """
        ),
    )

    also_bad = (
        Bad(
            """
            type: Load Balanced Web Service
            ^^^^ SL053
            image: {build: Dockerfile, port: 80}
            environments:
              prod: {http: {path: /}}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.kind != LOAD_BALANCED:
            return
        http = manifest.get("http")
        if http is not None and manifest.http_is_off and not manifest.has_nlb:
            help_ = "write nlb: with a port, or make it a Backend Service"
            yield self.finding(http, "http is off and there is no nlb", help=help_)
        elif http is None:
            place = manifest.root_key("http") or manifest.root_key("type") or manifest.root
            help_ = "write http: false, as there is nlb" if manifest.has_nlb else "write http: with a path"
            # What is written for some environments alone lacks an image in the others, too.
            alone = [("SL050", place)] if any(each.get("http") for each in manifest.siblings) else []
            yield self.finding(
                place, "the service has no http", help=help_, follows_from=[*lost(manifest, "http"), *alone]
            )
