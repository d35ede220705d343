from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    REQUEST_DRIVEN,
    Bad,
    Deployment,
    Document,
    Finding,
    Node,
    Rule,
    Scalar,
    Severity,
    Stage,
    is_overridden,
)
from sidecar_lint_rules.environments._ties import Tie, joined
from sidecar_lint_rules.environments.no_subnets_for_load_balancer import balanced


class NoSubnetsForTasks(Rule):
    """Tasks are placed in subnets that the environment does not have.

    Tasks stand in public subnets unless `network.vpc.placement` is `private`. An environment that imports
    a VPC has the subnets that it imports: one with private subnets only has no place for tasks that do not
    say so.
    """

    code, name = "SL712", "no-subnets-for-tasks"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation fails: the environment exports no subnets of that kind"
    sources = ("templates/environment/cf.yml: PublicSubnets, PrivateSubnets", "aws/copilot-cli#4956")
    good = (
        """
        type: Backend Service
        network: {vpc: {placement: private}}
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
            type: Backend Service
            #     ^^^^^^^^^^^^^^^ SL712
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                id: vpc-0123456789abcdef0
                subnets:
                  private: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
            """
        ),
        Bad(
            """
            network:
              vpc:
                placement: private
            #              ^^^^^^^ SL712
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                id: vpc-0123456789abcdef0
                subnets:
                  public: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
            """
        ),
        Bad(
            """
            type: Request-Driven Web Service
            http: {healthcheck: /}
            network: {vpc: {placement: private}}
            #                          ^^^^^^^ SL712
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                id: vpc-0123456789abcdef0
                subnets:
                  public: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
            """
        ),
    )
    also_good = (
        """
        type: Backend Service
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {cidr: 10.0.0.0/16}}
        """,
        """
        type: Backend Service
        # file: copilot/api/overrides/cfn.patches.yml
        - op: replace
          path: /Resources/Service/Properties/NetworkConfiguration/AwsvpcConfiguration/Subnets
          value: [subnet-0123456789abcdef2]
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {id: vpc-0123456789abcdef0, subnets: {private: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]}}}
        """,
        """
        type: Backend Service
        network: {vpc: {placement: {subnets: [subnet-0123456789abcdef0]}}}
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {id: vpc-0123456789abcdef0, subnets: {private: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]}}}
        """,
    )

    also_bad = (
        Bad(
            """
            type: Backend Service
            #     ^^^^^^^^^^^^^^^ SL712
            # file: copilot/api/overrides/cfn.patches.yml
            - {op: add, path: /Resources/Service/Metadata/subnets, value: {Subnets: none}}
            # file: copilot/environments/test/manifest.yml
            network: {vpc: {id: vpc-0123456789abcdef0, subnets: {private: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]}}}
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        yield from joined(self, document, _ties)


def _ties(deployment: Deployment) -> Iterator[Tie]:
    manifest, vpc = deployment.manifest, deployment.environment.vpc
    placement = manifest.get("network", "vpc", "placement")
    kind = placement.text if isinstance(placement, Scalar) else "public"
    if not vpc.is_imported or not vpc.subnets or not _is_plain(placement):
        return
    is_connected = manifest.kind == REQUEST_DRIVEN and placement is not None
    if not manifest.is_ecs and not is_connected:
        return
    has_any = vpc.private if kind == "private" else vpc.public
    if has_any or any(is_overridden(manifest, *each) for each in _PLACES) or balanced(deployment):
        return
    place: Node | None = placement or manifest.scalar("type")
    if place is not None:
        what = "the service is connected to" if is_connected else "tasks are placed in"
        message = f"{what} {kind} subnets, and the environment has none"
        help_ = "import such subnets" if is_connected else "import such subnets, or write `placement: public`"
        help_ = "write `network: {vpc: {placement: private}}`" if kind == "public" else help_
        related = deployment.environment.related(vpc.id, f"what {deployment.name} imports")
        yield Tie(deployment.name, place, message, help_, related)


#: Where services, jobs and App Runner have their subnets.
_PLACES = (
    ("Resources", "Service", "Properties", "NetworkConfiguration"),
    ("Resources", "StateMachine", "Properties"),
    ("Resources", "VpcConnector", "Properties", "Subnets"),
)
#: What is in no VPC unless it says so.


def _is_plain(placement: Node | None) -> bool:
    """Whether it is left out, or one of the two words: other subnets are chosen by their IDs or tags."""
    return placement is None or (isinstance(placement, Scalar) and placement.text in ("public", "private"))
