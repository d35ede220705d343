from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Rule, Severity, Stage, lost


class CdnNotEnabled(Rule):
    """Only CloudFront may reach the load balancer, and the environment has no CloudFront.

    `ingress.cdn: true` shuts everybody else out, so `cdn` must be on.
    """

    code, name = "SL875", "cdn-not-enabled"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: CDN must be enabled to limit security group ingress to CloudFront"
    sources = ("internal/pkg/manifest/validate_env.go: EnvironmentConfig",)
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        http: {public: {ingress: {cdn: true}}}
        cdn: true
        # file: copilot/environments/prod/manifest.yml
        http: {public: {ingress: {cdn: false}}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            http:
              public:
                ingress:
                  cdn: true
            #          ^^^^ SL875
            cdn: false
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        limited = environment.limits_ingress_to_cdn
        if limited is not None and not environment.may_have_cdn:
            message = "only CloudFront may reach the load balancer, and `cdn` is off"
            help_ = "write `cdn: true` at the top level, or remove this"
            yield self.finding(limited, message, help=help_, follows_from=lost(environment.file, "cdn"))
