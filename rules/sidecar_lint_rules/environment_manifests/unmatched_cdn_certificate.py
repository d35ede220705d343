from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Related, Rule, Severity, Stage, lost


class UnmatchedCdnCertificate(Rule):
    """The CDN and the load balancer do not go together in their certificates.

    Where the load balancer has certificates, CloudFront needs one, too (`cdn.certificate`). Where only
    CloudFront has one, it must end TLS (`cdn.terminate_tls: true`), as the load balancer speaks HTTP.
    """

    code, name = "SL876", "unmatched-cdn-certificate"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest"
    sources = ("internal/pkg/manifest/validate_env.go: EnvironmentConfig",)
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        cdn:
          certificate: arn:aws:acm:us-east-1:123456789012:certificate/0123
          terminate_tls: true
        # file: copilot/environments/prod/manifest.yml
        cdn: false
        http: {public: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/4567]}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            cdn:
              certificate: arn:aws:acm:us-east-1:123456789012:certificate/0123
            # ^^^^^^^^^^^ SL876
            # file: copilot/environments/prod/manifest.yml
            cdn: true
            ^^^ SL876
            http:
              public:
                certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/4567]
            """
        ),
    )
    also_good = (
        """
        # file: copilot/environments/test/manifest.yml
        cdn: {certificate: 'arn:aws:acm:us-east-1:123456789012:certificate/4567'}
        http: {public: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/0123]}}
        """,
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        own, listener = environment.get("cdn", "certificate"), environment.public_certificates
        cdn = environment.get("cdn")
        if cdn is None or not environment.has_cdn:
            return
        if listener is not None and own is None:
            related = (Related((listener.key or listener).place, "the load balancer's"),)
            message = "the load balancer has certificates, and the CDN has none"
            help_ = "write `cdn.certificate`, the ARN of a certificate in us-east-1"
            because = lost(environment.file, "cdn", "certificate")
            yield self.finding(cdn.key or cdn, message, help=help_, related=related, follows_from=because)
        elif listener is None and own is not None and not self._terminates_tls(environment):
            message = "the CDN has a certificate, and the load balancer has none"
            help_ = "write `cdn.terminate_tls: true`, or http.public.certificates"
            because = lost(environment.file, "http", "public", "certificates")
            yield self.finding(own.key or own, message, help=help_, follows_from=because)

    def _terminates_tls(self, environment: EnvironmentManifest) -> bool:
        node = environment.scalar("cdn", "terminate_tls")
        return node is not None and (node.as_bool is True or not node.known)
