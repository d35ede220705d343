from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    EnvironmentManifest,
    Finding,
    Related,
    Rule,
    Severity,
    Stage,
    is_relaxed,
    is_restrictive,
)


class ConflictingIngress(Rule):
    """Who may reach a load balancer is written in the old and in the new way, or for the wrong one.

    Until 1.23 it stood under `security_groups.ingress`, with `restrict_to` and `from_vpc`. Copilot still reads
    that, but not beside `ingress`. A public load balancer is open to the VPC in any case, so `from_vpc`
    is refused there, `false` too; an internal one cannot be restricted to addresses or CloudFront.
    """

    code, name = "SL873", "conflicting-ingress"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest"
    sources = ("internal/pkg/manifest/validate_env.go: PublicHTTPConfig, privateHTTPConfig",)
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        http:
          public:
            ingress: {source_ips: []}
            security_groups: {ingress: {restrict_to: {source_ips: [192.0.2.0/24]}}}
          private:
            ingress: {vpc: true}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            http:
              public:
                ingress: {source_ips: [192.0.2.0/24]}
                security_groups:
                  ingress:
            #     ^^^^^^^ SL873
                    restrict_to: {source_ips: [192.0.2.0/24]}
              private:
                security_groups:
                  ingress:
                    restrict_to: {source_ips: [192.0.2.0/24]}
            #       ^^^^^^^^^^^ SL873
            # file: copilot/environments/prod/manifest.yml
            http:
              public:
                security_groups:
                  ingress:
                    from_vpc: false
            #       ^^^^^^^^ SL873
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        yield from self._public(environment)
        yield from self._private(environment)

    def _public(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        old = environment.mapping("http", "public", "security_groups", "ingress")
        new = environment.mapping("http", "public", "ingress")
        from_vpc = old.get("from_vpc")
        if from_vpc is not None:
            message = "a public load balancer is open to the VPC in any case"
            yield self.finding(from_vpc.key or from_vpc, message, help="remove `from_vpc`")
        elif is_restrictive(environment.mapping(*_PUBLIC, "restrict_to")) and is_restrictive(new):
            yield self._both(environment, "public")

    def _private(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        old = environment.mapping("http", "private", "security_groups", "ingress")
        restricted = environment.mapping("http", "private", "security_groups", "ingress", "restrict_to")
        if is_restrictive(restricted):
            message = "an internal load balancer cannot be restricted to addresses or CloudFront"
            yield self.finding(restricted.key or restricted, message, help="remove `restrict_to`")
        elif old.get("from_vpc") is not None and is_relaxed(environment.get("http", "private", "ingress")):
            yield self._both(environment, "private")

    def _both(self, environment: EnvironmentManifest, load_balancer: str) -> Finding:
        old = environment.mapping("http", load_balancer, "security_groups", "ingress")
        new = environment.mapping("http", load_balancer, "ingress")
        related = (Related((new.key or new).place, "the way of today"),)
        message = f"http.{load_balancer} has `security_groups.ingress` and `ingress`"
        return self.finding(old.key or old, message, help="remove `security_groups`", related=related)


_PUBLIC = ("http", "public", "security_groups", "ingress")
