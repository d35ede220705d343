from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Related, Rule, Severity, Stage, Subnet


class ImportedAndManagedNetwork(Rule):
    """A VPC or a subnet is to be imported and to be made.

    `id` names a VPC or a subnet that exists. `cidr` and `az` describe one that Copilot makes. Of the two,
    an entry can have one.
    """

    code, name = "SL862", "imported-and-managed-network"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: a network is either imported or made"
    sources = ("internal/pkg/manifest/validate_env.go: environmentVPCConfig, subnetConfiguration",)
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            id: vpc-0123456789abcdef0
            cidr: ''
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
                cidr: 10.0.0.0/16
            #         ^^^^^^^^^^^ SL862
                subnets:
                  public:
                    - {id: subnet-0123456789abcdef0, az: eu-west-1a}
            #                                            ^^^^^^^^^^ SL862
                    - {id: subnet-0123456789abcdef1}
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        vpc = environment.vpc
        if vpc.id and vpc.cidr and vpc.id.known and vpc.cidr.known:
            related = (Related(vpc.id.place, "the VPC that is imported"),)
            message = "the VPC is imported, so its range cannot be given"
            yield self.finding(vpc.cidr, message, help="remove `cidr`, or `id`", related=related)
        for subnet in vpc.subnets:
            yield from self._subnet(subnet)

    def _subnet(self, subnet: Subnet) -> Iterator[Finding]:
        if subnet.id is None:
            return
        related = (Related(subnet.id.place, "the subnet that is imported"),)
        for name, node in (("cidr", subnet.cidr), ("az", subnet.zone)):
            if node is not None:
                message = f"subnet {subnet.place} is imported, so it cannot have `{name}`"
                yield self.finding(node, message, help=f"remove `{name}`, or `id`", related=related)
                return
