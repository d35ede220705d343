from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    BACKEND,
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


class NoSubnetsForLoadBalancer(Rule):
    """A service needs a load balancer in subnets that the environment does not have.

    The load balancer of Load Balanced Web Services stands in public subnets, that of Backend Services in
    private ones, or in those of `http.private.subnets`. An environment that imports a VPC has the subnets
    that it imports.
    """

    code, name = "SL713", "no-subnets-for-load-balancer"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation cannot make the load balancer: it gets no subnets"
    sources = (
        "templates/environment/cf.yml: PublicLoadBalancer, InternalLoadBalancer",
        "aws/copilot-cli#2079",
    )
    good = (
        """
        type: Backend Service
        network: {vpc: {placement: private}}
        http: {path: /}
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            id: vpc-0123456789abcdef0
            subnets:
              private: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
        """,
    )
    bad = (
        Bad(
            """
            http:
            ^^^^ SL713
              path: /
            network: {vpc: {placement: private}}
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                id: vpc-0123456789abcdef0
                subnets:
                  private: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
            """
        ),
    )
    also_good = (
        """
        http: {path: /}
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {id: vpc-0123456789abcdef0}}
        """,
    )
    also_bad = (
        Bad(
            """
            nlb: {port: 443/tls}
            ^^^ SL713
            http: false
            # file: copilot/environments/test/manifest.yml
            network: {vpc: {id: vpc-0123456789abcdef0, subnets: {private: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]}}}
            """
        ),
        Bad(
            """
            type: Backend Service
            nlb: {port: 443/tls}
            http: {path: /}
            ^^^^ SL713
            # file: copilot/environments/test/manifest.yml
            network: {vpc: {id: vpc-0123456789abcdef0, subnets: {public: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]}}}
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        yield from joined(self, document, balanced)


def balanced(deployment: Deployment) -> list[Tie]:
    """What is wrong with the load balancers of a workload in an environment."""
    vpc = deployment.environment.vpc
    if not vpc.is_imported or not vpc.subnets:
        return []
    return [*_public(deployment), *_internal(deployment)]


def _public(deployment: Deployment) -> Iterator[Tie]:
    manifest, vpc = deployment.manifest, deployment.environment.vpc
    nlb = manifest.mapping("nlb") if manifest.kind == LOAD_BALANCED else None
    node = manifest.get("http") if deployment.has_load_balancer(LOAD_BALANCED) else None
    node = node or (nlb if nlb is not None and nlb.entries else None)
    if node is not None and not vpc.public:
        message = "the load balancer needs public subnets, and the environment has none"
        related = deployment.environment.related(vpc.id, f"what {deployment.name} imports")
        yield Tie(deployment.name, node.key or node, message, "import two public subnets of the VPC", related)


def _internal(deployment: Deployment) -> Iterator[Tie]:
    environment = deployment.environment
    http = deployment.manifest.mapping("http")
    placed = bool(items_of(environment.get("http", "private", "subnets")))
    if deployment.has_load_balancer(BACKEND) and not environment.vpc.private and not placed:
        message = "the load balancer needs private subnets, and the environment has none"
        help_ = "import two private subnets of the VPC, or choose some in http.private.subnets"
        related = environment.related(environment.vpc.id, f"what {deployment.name} imports")
        yield Tie(deployment.name, http.key or http, message, help_, related)
