from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    LOAD_BALANCED,
    Bad,
    Deployment,
    Document,
    Finding,
    Mapping,
    Rule,
    Scalar,
    Severity,
    Stage,
    has_alias,
    items_of,
)
from sidecar_lint_rules.environments._ties import Tie, joined


class NlbAliasWithCertificates(Rule):
    """A network load balancer has an alias, and the environment has certificates of its own.

    Copilot makes the certificate for `nlb.alias` from the domain of the application. It does not do so in an
    environment that imports certificates for its public load balancer.

    Copilot looks at the environment as it is deployed, not at its manifest.
    """

    code, name = "SL711", "nlb-alias-with-certificates"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "Copilot refuses to deploy the service to this environment: it cannot specify nlb.alias"
    sources = ("internal/pkg/cli/deploy/lbws.go: validateNLBRuntime",)
    good = (
        """
        http: false
        nlb: {port: 443/tls, alias: shop.example.com}
        # file: copilot/environments/test/manifest.yml
        http: {public: {certificates: []}}
        """,
    )
    bad = (
        Bad(
            """
            http: false
            nlb:
              port: 443/tls
              alias: shop.example.com
            # ^^^^^ SL711
            # file: copilot/environments/test/manifest.yml
            http: {public: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/0123]}}
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        yield from joined(self, document, _ties)


def _ties(deployment: Deployment) -> Iterator[Tie]:
    nlb, own = deployment.manifest.mapping("nlb"), deployment.environment.public_certificates
    alias = nlb.get("alias")
    if deployment.manifest.kind == LOAD_BALANCED and alias is not None and has_alias(nlb) and items_of(own):
        message = "nlb has an `alias`, and the environment has certificates"
        related = deployment.environment.related(own, f"the certificates of {deployment.name}")
        yield Tie(deployment.name, alias.key or alias, message, _advice(nlb), related)


def _advice(nlb: Mapping) -> str:
    """Copilot's own certificate for a listener has a name of its own."""
    help_ = "remove it, and make a DNS record for the load balancer yourself"
    port = nlb.get("port")
    if isinstance(port, Scalar) and port.text.lower().endswith("/tls"):
        help_ += "; patch the Certificates of NLBListener with a certificate for the name"
    return help_
