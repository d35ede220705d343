from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Rule, Scalar, Severity, Stage


class InvalidNetworkId(Rule):
    """The ID of a VPC or a subnet to import is none.

    `vpc-` or `subnet-` is followed by 8 or 17 hexadecimal digits. Copilot takes any text.
    """

    code, name = "SL872", "invalid-network-id"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation finds no such VPC or subnet when the environment is deployed"
    sources = ("AWS::EC2::VPC, AWS::EC2::Subnet: IDs of resources",)
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            id: vpc-01234567
            subnets:
              public: [{id: subnet-0123456789abcdef0}, {id: '${SUBNET}'}]
        """,
        """
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {subnets: {public: [{id: ignored}]}}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                id: my-vpc
            #       ^^^^^^ SL872
                subnets:
                  private:
                    - id: subnet-0123456789abcdef0
                    - id: vpc-0123456789abcdef0
            #             ^^^^^^^^^^^^^^^^^^^^^ SL872
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
        if vpc.id is None:
            return
        yield from self._look("vpc", vpc.id)
        for subnet in vpc.subnets:
            if subnet.id is not None and subnet.id.text:
                yield from self._look("subnet", subnet.id)

    def _look(self, kind: str, node: Scalar) -> Iterator[Finding]:
        if node.known and not re.fullmatch(rf"{kind}-([0-9a-f]{{8}}|[0-9a-f]{{17}})", node.text):
            message = f"{node.text!r} is not the ID of a {_NAMES[kind]}"
            yield self.finding(node, message, help=f"write `{kind}-` and 8 or 17 hexadecimal digits")


_NAMES = {"vpc": "VPC", "subnet": "subnet"}
