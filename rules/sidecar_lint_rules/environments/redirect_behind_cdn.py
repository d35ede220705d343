from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    LOAD_BALANCED,
    Bad,
    Deployment,
    Document,
    Finding,
    Rule,
    Severity,
    Stage,
    items_of,
)
from sidecar_lint_rules.environments._ties import Tie, joined


class RedirectBehindCdn(Rule):
    """CloudFront ends TLS, and the service answers HTTP with a redirect to HTTPS.

    With `cdn.terminate_tls` CloudFront speaks HTTP to the load balancer. A load balancer with certificates
    sends that back to HTTPS, unless the service says `redirect_to_https: false`.
    """

    code, name = "SL715", "redirect-behind-cdn"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the service cannot be reached through CloudFront: it is redirected for ever"
    sources = ("internal/pkg/cli/deploy/env.go: validateCDN", "aws/copilot-cli#4080")
    good = (
        """
        http: {path: /, alias: shop.example.com, redirect_to_https: false}
        # file: copilot/environments/test/manifest.yml
        http: {public: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/0123]}}
        cdn: {certificate: 'arn:aws:acm:us-east-1:123456789012:certificate/4567', terminate_tls: true}
        """,
    )
    bad = (
        Bad(
            """
            http:
            ^^^^ SL715
              path: /
              alias: shop.example.com
            # file: copilot/environments/test/manifest.yml
            http: {public: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/0123]}}
            cdn: {certificate: 'arn:aws:acm:us-east-1:123456789012:certificate/4567', terminate_tls: true}
            """
        ),
    )
    also_good = (
        """
        http: {path: /, alias: shop.example.com}
        # file: copilot/environments/test/manifest.yml
        cdn: {certificate: 'arn:aws:acm:us-east-1:123456789012:certificate/4567', terminate_tls: true}
        """,
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        yield from joined(self, document, _ties)


def _ties(deployment: Deployment) -> Iterator[Tie]:
    environment, http = deployment.environment, deployment.manifest.mapping("http")
    terminates = environment.scalar("cdn", "terminate_tls")
    redirects = deployment.manifest.scalar("http", "redirect_to_https")
    stays = redirects is not None and (redirects.as_bool is False or not redirects.known)
    if terminates is None or terminates.as_bool is not True or stays:
        return
    if deployment.has_load_balancer(LOAD_BALANCED) and items_of(environment.public_certificates):
        message = "HTTP is redirected to HTTPS, and CloudFront speaks HTTP to the load balancer"
        related = environment.related(terminates, f"the CDN of {deployment.name} ends TLS")
        yield Tie(deployment.name, http.key or http, message, "write `redirect_to_https: false`", related)
