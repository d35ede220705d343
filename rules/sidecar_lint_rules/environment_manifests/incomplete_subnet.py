from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Node, Rule, Severity, Stage, Subnet, lost_in


class IncompleteSubnet(Rule):
    """A subnet does not say which one it is, or which addresses it has.

    The subnets of an imported VPC have an `id`, those of a VPC that Copilot makes a `cidr`. What the VPC
    has decides: `network.vpc.id` or `network.vpc.cidr`.
    """

    code, name = "SL864", "incomplete-subnet"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: the field must be specified"
    sources = ("internal/pkg/manifest/validate_env.go: validateImportedVPC, validateManagedVPC",)
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {subnets: {public: [{}]}}}
        # file: copilot/environments/prod/manifest.yml
        network:
          vpc:
            cidr: 10.0.0.0/16
            subnets:
              public: [{cidr: 10.0.0.0/24}, {cidr: 10.0.1.0/24}, null]
              private: [{cidr: 10.0.2.0/24}, {cidr: 10.0.3.0/24}]
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
                  private:
                    - {id: subnet-0123456789abcdef0}
                    - {cidr: 10.0.1.0/24}
            #          ^^^^ SL864
            # file: copilot/environments/prod/manifest.yml
            network:
              vpc:
                cidr: 10.0.0.0/16
                subnets:
                  public:
                    - {az: eu-west-1a}
            #          ^^ SL864
                  private: []
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        vpc = environment.vpc
        if not vpc.is_imported and not vpc.is_adjusted:
            return
        needed = "id" if vpc.is_imported else "cidr"
        for subnet in vpc.subnets:
            written = subnet.id if vpc.is_imported else subnet.cidr
            if written is None or not written.text:
                yield self._incomplete(environment, subnet, needed)

    def _incomplete(self, environment: EnvironmentManifest, subnet: Subnet, needed: str) -> Finding:
        because = lost_in(environment.file, subnet.node, needed)
        message = f"subnet {subnet.place} has no `{needed}`"
        if needed == "id":
            help_ = "write the ID of a subnet of the imported VPC"
        else:
            help_ = "write `cidr`, its range of addresses"
            help_ += "; `id` is for imported VPCs" if subnet.id else ""
        return self.finding(_first_key(subnet), message, help=help_, follows_from=because)


def _first_key(subnet: Subnet) -> Node:
    """The first key of a subnet, as a block that is pointed at as a whole says little."""
    return next((key for key, _ in subnet.node), subnet.node)
