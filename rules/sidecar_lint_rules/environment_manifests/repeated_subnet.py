from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Related, Rule, Scalar, Severity, Stage


class RepeatedSubnet(Rule):
    """A subnet is imported twice.

    Load balancers and file systems stand in each subnet once, and want subnets in two availability zones.
    """

    code, name = "SL724", "repeated-subnet"
    severity, stage = Severity.WARNING, Stage.DEPLOY
    effect = "CloudFormation cannot make what stands in both, for the first workload that needs it"
    sources = ("AWS::ElasticLoadBalancingV2::LoadBalancer: Subnets", "AWS::EFS::MountTarget: SubnetId")
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            id: vpc-0123456789abcdef0
            subnets:
              public: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                id: vpc-0123456789abcdef0
                subnets:
                  public:
                    - id: subnet-0123456789abcdef0
                    - id: subnet-0123456789abcdef0
            #             ^^^^^^^^^^^^^^^^^^^^^^^^ SL724
            """
        ),
    )
    also_good = (
        """
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {id: vpc-0123456789abcdef0, subnets: {public: [{az: eu-west-1a}, {az: eu-west-1b}]}}}
        """,
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        vpc = environment.vpc
        if not vpc.is_imported:
            return
        for subnets in (vpc.public, vpc.private):
            seen: dict[str, Scalar] = {}
            for subnet in subnets:
                if subnet.id is None or not subnet.id.known or not subnet.id.text:
                    continue
                if first := seen.get(subnet.id.text):
                    yield self._again(subnet.id, first)
                seen.setdefault(subnet.id.text, subnet.id)

    def _again(self, node: Scalar, first: Scalar) -> Finding:
        related = (Related(first.place, "here"),)
        message = f"the subnet {node.text!r} is imported already"
        help_ = "write another one, in another availability zone"
        return self.finding(node, message, help=help_, related=related)
