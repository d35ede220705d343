from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    BACKEND,
    LOAD_BALANCED,
    Bad,
    Deployment,
    Document,
    Finding,
    Mapping,
    Node,
    Rule,
    Severity,
    Stage,
    has_alias,
    items_of,
)
from sidecar_lint_rules.environments._ties import (
    Tie,
    joined,
)


class AliasWithoutCertificates(Rule):
    """A service has an alias or a hosted zone that its environment has no certificates for.

    A Backend Service can have an `alias` only where the internal load balancer has certificates. A
    `hosted_zone` is for aliases of imported certificates, and not for those behind the CDN.

    Copilot looks at the environment as it is deployed, not at its manifest.
    """

    code, name = "SL710", "alias-without-certificates"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "Copilot refuses to deploy the service to this environment"
    sources = ("internal/pkg/cli/deploy/lbws.go, backend.go: validateRuntimeRoutingRule",)
    good = (
        """
        http: {path: /, alias: [{name: shop.example.com, hosted_zone: Z0123}]}
        # file: copilot/environments/test/manifest.yml
        http: {public: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/0123]}}
        """,
        """
        http: {path: /, alias: shop.example.com}
        # file: copilot/environments/test/manifest.yml
        name: test
        """,
    )
    bad = (
        Bad(
            """
            type: Backend Service
            http:
              path: /
              alias: shop.example.com
            # ^^^^^ SL710
            # file: copilot/environments/test/manifest.yml
            http: {public: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/0123]}}
            """
        ),
        Bad(
            """
            http:
              path: /
              alias:
                - name: shop.example.com
                  hosted_zone: Z0123
            #     ^^^^^^^^^^^ SL710
            # file: copilot/environments/test/manifest.yml
            name: test
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        yield from joined(self, document, _ties)


def _ties(deployment: Deployment) -> Iterator[Tie]:
    environment = deployment.environment
    if deployment.has_load_balancer(BACKEND) and not items_of(environment.private_certificates):
        other = environment.get("http", "private")
        for rule, name in deployment.manifest.http_rules():
            if has_alias(rule) and (alias := rule.get("alias")):
                message = f"{name} has an `alias`, and the internal load balancer no certificates"
                help_ = "write http.private.certificates in the manifest of the environment, or remove it"
                yield _tie(deployment, alias, message, help_, other)
    elif deployment.has_load_balancer(LOAD_BALANCED):
        yield from _hosted_zones(deployment)


def _hosted_zones(deployment: Deployment) -> Iterator[Tie]:
    environment, own = deployment.environment, deployment.environment.certificates
    if own is not None and not environment.has_cdn:
        return
    reason = "the environment has no certificates" if own is None else "the environment has a CDN"
    for rule, _ in deployment.manifest.http_rules():
        for zone in _zones(rule):
            help_ = "remove it, or write http.public.certificates in the manifest of the environment"
            help_ = "remove it: it is for aliases that are not behind a CDN" if own is not None else help_
            yield _tie(
                deployment, zone, f"there is a hosted zone, and {reason}", help_, environment.get("cdn")
            )


def _zones(rule: Mapping) -> Iterator[Node]:
    """The hosted zones of a rule: one for all aliases, or each with its own."""
    entries = [rule, *(item for item in items_of(rule.get("alias")) if isinstance(item, Mapping))]
    yield from (zone for each in entries if (zone := each.get("hosted_zone")))


def _tie(deployment: Deployment, node: Node, message: str, help_: str, other: Node | None) -> Tie:
    related = deployment.environment.related(other, f"the environment {deployment.name}")
    return Tie(deployment.name, node.key or node, message, help_, related)
