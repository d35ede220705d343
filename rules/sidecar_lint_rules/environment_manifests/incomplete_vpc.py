from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Rule, Scalar, Severity, Stage, lost
from sidecar_lint_rules.environment_manifests._subnets import lost_subnets


class IncompleteVpc(Rule):
    """Of the range of a VPC and its subnets, only one is written.

    The four subnets that Copilot makes by itself belong to its own range. With a `cidr` and no
    `subnets` the VPC has no subnets at all: no load balancer, no mount target, no task. With `subnets`
    and neither `cidr` nor `id` Copilot passes over them and makes the VPC that it always makes.
    """

    code, name = "SL878", "incomplete-vpc"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the VPC has no subnets, and CloudFormation fails when the first service needs one"
    sources = (
        "internal/pkg/cli/deploy: environment VPC configuration",
        "templates/environment/partials/vpc-resources.yml",
    )
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {flow_logs: true}}
        # file: copilot/environments/prod/manifest.yml
        network:
          vpc:
            cidr: 10.0.0.0/16
            subnets:
              public: [{cidr: 10.0.0.0/24}, {cidr: 10.0.1.0/24}]
              private: [{cidr: 10.0.2.0/24}, {cidr: 10.0.3.0/24}]
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                cidr: 10.1.0.0/16
            #         ^^^^^^^^^^^ SL878
            # file: copilot/environments/prod/manifest.yml
            network:
              vpc:
                subnets:
            #   ^^^^^^^ SL878
                  public: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
            """
        ),
    )
    also_good = (
        """
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {id: vpc-0123456789abcdef0, subnets: {public: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]}}}
        """,
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        vpc = environment.vpc
        if vpc.is_imported or environment.overrides_template("Subnets", "CidrBlock"):
            return
        if vpc.cidr and not vpc.subnets:
            help_ = "write `subnets` with two public and two private ones, or remove `cidr`"
            yield self.finding(
                vpc.cidr,
                "the VPC gets a range, and no subnets",
                help=help_,
                follows_from=lost_subnets(environment, "public", "private"),
            )
        elif not vpc.cidr and vpc.subnets:
            yield self._ignored(environment)

    def _ignored(self, environment: EnvironmentManifest) -> Finding:
        subnets = environment.mapping("network", "vpc", "subnets")
        imports = any(isinstance(subnet.id, Scalar) for subnet in environment.vpc.subnets)
        field, what = ("id", "the ID of their VPC") if imports else ("cidr", "the range of the VPC")
        return self.finding(
            subnets.key or subnets,
            "network.vpc has `subnets`, and neither `id` nor `cidr`",
            help=f"write network.vpc.{field}, {what}",
            effect="Copilot ignores the subnets, and makes its own VPC with its own subnets",
            stage=Stage.SILENT,
            follows_from=[
                *lost(environment.file, "network", "vpc", "id"),
                *lost(environment.file, "network", "vpc", "cidr"),
            ],
        )
