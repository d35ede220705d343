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
    Rule,
    Severity,
    Stage,
    as_mapping,
    has_alias,
    items_of,
    meant_environment,
)
from sidecar_lint_rules.environments._ties import (
    Tie,
    joined,
)


class MissingAlias(Rule):
    """An environment has certificates, and a service behind its load balancer has no `alias`.

    With certificates of its own an environment serves names that Copilot does not know: every rule of
    every service there needs an `alias`. For a Load Balanced Web Service it is the certificates of the public
    load balancer or of the CDN that count, for a Backend Service those of the internal one.

    Copilot looks at the environment as it is deployed, not at its manifest.
    """

    code, name = "SL709", "missing-alias"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "Copilot refuses to deploy the service to this environment"
    sources = (
        "internal/pkg/cli/deploy/lbws.go, backend.go: validateRuntimeRoutingRule",
        "aws/copilot-cli#5020",
        "aws/copilot-cli#5677",
    )
    good = (
        """
        http: {path: /, alias: shop.example.com}
        # file: copilot/environments/test/manifest.yml
        http: {public: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/0123]}}
        # file: copilot/web/manifest.yml
        name: web
        http: {path: /, alb: shop-load-balancer}
        # file: copilot/internal/manifest.yml
        name: internal
        type: Backend Service
        http: {path: /}
        """,
    )
    bad = (
        Bad(
            """
            http:
            ^^^^ SL709
              path: /
              additional_rules:
                - path: /admin
            #     ^^^^ SL709
                - path: /static
                  alias: static.example.com
            # file: copilot/environments/test/manifest.yml
            http: {public: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/0123]}}
            # file: copilot/environments/prod/manifest.yml
            http: {public: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/4567]}}
            """
        ),
    )
    also_bad = (
        Bad(
            """
            http: {path: /}
            ^^^^ SL709
            environments: {dev: {http: {alias: shop.example.com}}}
            # file: copilot/environments/development/manifest.yml
            http: {public: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/0123]}}
            """
        ),
        Bad(
            """
            type: Backend Service
            http: {path: /}
            ^^^^ SL709
            # file: copilot/environments/test/manifest.yml
            http: {private: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/0123]}}
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        yield from joined(self, document, _ties)


def _ties(deployment: Deployment) -> Iterator[Tie]:
    environment, manifest = deployment.environment, deployment.manifest
    if deployment.has_load_balancer(LOAD_BALANCED):
        needed = environment.certificates
    elif deployment.has_load_balancer(BACKEND) and items_of(environment.private_certificates):
        needed = environment.private_certificates
    else:
        return
    for rule, name in manifest.http_rules() if needed is not None else ():
        if not has_alias(rule):
            place = rule.key or next((key for key, _ in rule), rule)
            message = f"{name} has no `alias`, and the environment has certificates"
            related = environment.related(needed, f"the certificates of {deployment.name}")
            yield Tie(deployment.name, place, message, _advice(deployment, name), related)


def _advice(deployment: Deployment, name: str) -> str:
    if name != "http":  # the overrides of an environment replace the whole list
        return "write `alias:` there, a name that a certificate is for"
    if misnamed := _misnamed(deployment):
        return f"rename `environments.{misnamed}` to `{deployment.name}`: the alias is written there"
    return "write `http.alias` for this environment: a name that a certificate is for"


def _misnamed(deployment: Deployment) -> str | None:
    """The overrides that are meant for this environment, have the alias, and name another one."""
    document = deployment.manifest.document
    written = as_mapping(document.root.get("environments") if document.root else None)
    known = deployment.manifest.workload.workspace.environments if deployment.manifest.workload else ()
    for key, override in written:
        http = override.get("http") if isinstance(override, Mapping) else None
        is_alias = isinstance(http, Mapping) and has_alias(http)
        if is_alias and meant_environment(key.text, known) == deployment.name:
            return key.text
    return None
