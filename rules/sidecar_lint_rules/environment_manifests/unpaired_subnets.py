from __future__ import annotations

from collections.abc import Iterator, Sequence

from sidecar_lint import Bad, EnvironmentManifest, Finding, Rule, Severity, Stage, Subnet, Vpc


class UnpairedSubnets(Rule):
    """There are not as many public as private subnets in a VPC that Copilot makes.

    Copilot makes them in pairs, and goes by the public ones. Private subnets that are left over are not
    made, and nothing says so; without public subnets there are none at all. For a public subnet that is
    left over it looks up a private one that is not there, and crashes.
    """

    code, name = "SL867", "unpaired-subnets"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "Copilot makes as many private subnets as there are public ones, and drops the rest"
    sources = ("templates/environment/partials/vpc-resources.yml", "internal/pkg/manifest/validate_env.go")
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            cidr: 10.0.0.0/16
            subnets:
              public: [{cidr: 10.0.0.0/24}, {cidr: 10.0.1.0/24}]
              private: [{cidr: 10.0.2.0/24}, {cidr: 10.0.3.0/24}]
        # file: copilot/environments/prod/manifest.yml
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
                cidr: 10.0.0.0/16
                subnets:
                  public: [{cidr: 10.0.0.0/24}, {cidr: 10.0.1.0/24}]
                  private: [{cidr: 10.0.2.0/24}, {cidr: 10.0.3.0/24}, {cidr: 10.0.4.0/24}]
            #                                                         ^^^^^^^^^^^^^^^^^^^ SL867
            # file: copilot/environments/prod/manifest.yml
            network:
              vpc:
                cidr: 10.0.0.0/16
                subnets:
                  private: [{cidr: 10.0.2.0/24}, {cidr: 10.0.3.0/24}]
            #               ^^^^^^^^^^^^^^^^^^^ SL867
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        if environment.vpc.is_settled and environment.vpc.fits_zones:
            yield from self._surplus(environment.vpc)

    def _surplus(self, vpc: Vpc) -> Iterator[Finding]:
        public, private = vpc.public, vpc.private
        if is_crash(public, private):
            message = f"there are {len(public)} public and {len(private)} private subnets"
            effect = "Copilot crashes when it makes the template: index out of range"
            help_ = "write a private subnet for each public one"
            place = public[len(private)].node
            yield self.finding(place, message, help=help_, effect=effect, stage=Stage.COPILOT)
        elif private and not public:
            message = "there are private subnets and no public ones"
            effect = (
                "the VPC has no subnets at all, and CloudFormation fails when the first service needs one"
            )
            help_ = "write a public subnet for each private one: Copilot makes them in pairs"
            yield self.finding(private[0].node, message, help=help_, effect=effect, stage=Stage.DEPLOY)
        elif len(private) > len(public):
            message = f"of {len(private)} private subnets, {len(public)} are made"
            yield self.finding(
                private[len(public)].node, message, help="write a public subnet for each private one"
            )


def is_crash(public: Sequence[Subnet], private: Sequence[Subnet]) -> bool:
    """Whether a public subnet has no private one to go with it."""
    return len(public) > len(private)
