from __future__ import annotations

from collections.abc import Iterator, Sequence

from sidecar_lint import Bad, EnvironmentManifest, Finding, Node, Rule, Severity, Stage, Subnet, Vpc
from sidecar_lint_rules.environment_manifests._subnets import lost_subnets


class TooFewSubnets(Rule):
    """An environment has a single public or private subnet, or imports a VPC without any.

    A load balancer stands in two availability zones, so Copilot imports either none or at least two
    subnets of a kind. In a VPC that it makes itself, it does not look; CloudFormation refuses the load
    balancer when the first service wants one.
    """

    code, name = "SL865", "too-few-subnets"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: at least two subnets must be imported"
    sources = (
        "internal/pkg/manifest/validate_env.go: validateImportedVPC",
        "AWS::ElasticLoadBalancingV2::LoadBalancer: Subnets",
    )
    good = (
        """
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
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                id: vpc-0123456789abcdef0
            #       ^^^^^^^^^^^^^^^^^^^^^ SL865
            # file: copilot/environments/prod/manifest.yml
            network:
              vpc:
                id: vpc-0123456789abcdef0
                subnets:
                  public:
            #     ^^^^^^ SL865
                    - id: subnet-0123456789abcdef0
            # file: copilot/environments/stage/manifest.yml
            network:
              vpc:
                cidr: 10.0.0.0/16
                subnets:
                  public: [{cidr: 10.0.0.0/24}]
            #     ^^^^^^ SL865
                  private: [{cidr: 10.0.1.0/24}]
            """
        ),
    )
    also_good = (
        """
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            cidr: 10.0.0.0/16
            subnets:
              public: [{cidr: 10.0.0.0/24}, {cidr: 10.0.1.0/24}]
              private: [{cidr: 10.0.2.0/24}, {cidr: 10.0.3.0/24}]
        """,
        """
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            cidr: 10.0.0.0/16
            subnets: {public: [{cidr: 10.0.0.0/24, az: eu-west-1a}], private: [{cidr: 10.0.2.0/24, az: eu-west-1a}]}
        """,
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        vpc = environment.vpc
        if vpc.id and not vpc.subnets:
            help_ = "write at least two public or two private subnets of it"
            yield self.finding(
                vpc.id,
                "the VPC is imported without subnets",
                help=help_,
                follows_from=lost_subnets(environment, "public", "private"),
            )
        elif vpc.is_imported:
            yield from self._imported(environment, "public", vpc.public)
            yield from self._imported(environment, "private", vpc.private)
        elif vpc.is_adjusted and _is_single(vpc) and not environment.overrides_template("Subnets"):
            yield self._made(environment)

    def _imported(
        self, environment: EnvironmentManifest, kind: str, subnets: Sequence[Subnet]
    ) -> Iterator[Finding]:
        if len(subnets) == 1:
            message = f"a single {kind} subnet is imported"
            help_ = f"import two {kind} subnets in different availability zones, or none"
            because = lost_subnets(environment, kind)
            yield self.finding(_key(environment, kind), message, help=help_, follows_from=because)

    def _made(self, environment: EnvironmentManifest) -> Finding:
        return self.finding(
            _key(environment, "public"),
            "there is a single public subnet",
            help="write two public and two private subnets",
            effect="CloudFormation cannot make the load balancer for the first service that needs it: it takes two subnets",
            severity=Severity.WARNING,
            stage=Stage.DEPLOY,
            follows_from=lost_subnets(environment, "public"),
        )


def _is_single(vpc: Vpc) -> bool:
    return len(vpc.public) == 1 and all(subnet.zone is None for subnet in vpc.subnets)


def _key(environment: EnvironmentManifest, kind: str) -> Node:
    node = environment.sequence("network", "vpc", "subnets", kind)
    return node.key or node
