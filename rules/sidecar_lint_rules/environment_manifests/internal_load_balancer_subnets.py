from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Causes,
    EnvironmentManifest,
    Finding,
    Related,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Stage,
    items_of,
    lost,
)
from sidecar_lint_rules.environment_manifests._subnets import unread


class InternalLoadBalancerSubnets(Rule):
    """The internal load balancer is placed in subnets that are not imported, or in a single one.

    `http.private.subnets` chooses among the subnets that the environment imports, each once, two at least. In a VPC that
    Copilot makes there is nothing to choose from: the load balancer stands in the private subnets.
    """

    code, name = "SL874", "internal-load-balancer-subnets"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: the subnets must be imported"
    sources = ("internal/pkg/manifest/validate_env.go: EnvironmentConfig, validateInternalALBSubnets",)
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            id: vpc-0123456789abcdef0
            subnets:
              private: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
        http:
          private:
            subnets: [subnet-0123456789abcdef1, subnet-0123456789abcdef0]
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            http:
              private:
                subnets: [subnet-0123456789abcdef0]
            #   ^^^^^^^ SL874
            """
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                id: vpc-0123456789abcdef0
                subnets:
                  private: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
            http:
              private:
                subnets:
                  - subnet-0123456789abcdef1
                  - subnet-0123456789abcdef2
            #       ^^^^^^^^^^^^^^^^^^^^^^^^ SL874
                  - subnet-0123456789abcdef1
            #       ^^^^^^^^^^^^^^^^^^^^^^^^ SL874
            # file: copilot/environments/prod/manifest.yml
            network:
              vpc:
                id: vpc-0123456789abcdef0
                subnets:
                  private: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
            http:
              private:
                subnets: [subnet-0123456789abcdef1]
            #   ^^^^^^^ SL874
            """
        ),
    )
    also_bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network: {vpc: {subnets: {private: [{id: subnet-0123456789abcdef0}]}}}
            http: {private: {subnets: [subnet-0123456789abcdef0]}}
            #                ^^^^^^^ SL874
            """
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network: {vpc: {subnets: {private: [{cidr: 10.0.0.0/24}]}}}
            http: {private: {subnets: [subnet-0123456789abcdef0]}}
            #                ^^^^^^^ SL874
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        placed, vpc = environment.get("http", "private", "subnets"), environment.vpc
        if not isinstance(placed, Sequence):
            return
        if not vpc.is_imported:
            message = "the internal load balancer is placed in subnets, and the environment imports none"
            help_ = "remove it, or import a VPC with its subnets under network.vpc"
            yield self.finding(
                placed.key or placed, message, help=help_, follows_from=_because_of_none(environment)
            )
            return
        imported = [subnet.id for subnet in vpc.subnets if subnet.id]
        chosen = [node for node in items_of(placed) if isinstance(node, Scalar)]
        if not all(node.known for node in (*imported, *chosen)):
            return
        found = list(self._chosen(environment, chosen, imported))
        yield from found
        if len(chosen) == 1 and not found and not environment.overrides_template("Subnets"):
            yield self._single(placed)

    def _single(self, placed: Sequence) -> Finding:
        return self.finding(
            placed.key or placed,
            "the internal load balancer is placed in a single subnet",
            help="write a second one, in another availability zone",
            effect="CloudFormation cannot make the load balancer for the first service that needs it: it takes two subnets",
            severity=Severity.WARNING,
            stage=Stage.DEPLOY,
        )

    def _chosen(
        self, environment: EnvironmentManifest, chosen: list[Scalar], imported: list[Scalar]
    ) -> Iterator[Finding]:
        known, seen = {node.text for node in imported}, dict[str, Scalar]()
        for node in chosen:
            if node.text not in known:
                message = f"{node.text!r} is none of the imported subnets"
                because = unread(environment, node.text)
                yield self.finding(
                    node, message, help="write one of network.vpc.subnets", follows_from=because
                )
            elif node.text in seen:
                related = (Related(seen[node.text].place, "here"),)
                yield self.finding(
                    node, f"{node.text!r} is already chosen above", help="remove it", related=related
                )
            seen.setdefault(node.text, node)


def _because_of_none(environment: EnvironmentManifest) -> Causes:
    """Why nothing may be imported, though subnets are written: SL878 says that their VPC is not named."""
    subnets = environment.mapping("network", "vpc", "subnets")
    written = any(subnet.id for subnet in environment.vpc.subnets)
    named = [("SL878", subnets.key)] if written and subnets.key else []
    return [*named, *lost(environment.file, "network", "vpc", "id")]
