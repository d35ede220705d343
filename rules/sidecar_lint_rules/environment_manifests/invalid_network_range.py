from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    VPC_MASKS,
    Bad,
    EnvironmentManifest,
    Finding,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    Vpc,
    address_bits,
    as_mapping,
    is_range,
    items_of,
    overlapping_blocks,
    read_range,
    vpc_block,
)


class InvalidNetworkRange(Rule):
    """A range of addresses is none, or none that its place can have.

    `source_ips` are ranges with a mask: an address alone is refused by Copilot. It does not look at the
    ranges of the VPC, of subnets and of security groups. There CloudFormation wants IPv4, for a VPC and
    its subnets a mask from /16 to /28, subnets inside the VPC that do not overlap.
    """

    code, name = "SL871", "invalid-network-range"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses it when the environment is deployed"
    in_schema = True
    sources = (
        "internal/pkg/manifest/validate_env.go: IPNet",
        "AWS::EC2::VPC, AWS::EC2::Subnet: CidrBlock",
        "AWS::EC2::SecurityGroup Ingress: CidrIp",
    )
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            cidr: 10.0.0.0/16
            subnets:
              public: [{cidr: 10.0.0.0/24}, {cidr: 10.0.1.0/24}]
              private: [{cidr: 10.0.2.0/24}, {cidr: '${PRIVATE}'}]
            security_group:
              ingress: [{cidr: 192.0.2.1/32, ip_protocol: tcp, ports: 80}]
        http: {public: {ingress: {source_ips: [192.0.2.0/24]}}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            http:
              public:
                ingress:
                  source_ips: [192.0.2.1, '2001:db8::/32']
            #                  ^^^^^^^^^ SL871
            #                             ^^^^^^^^^^^^^^^ SL871
            """,
            fixed="[192.0.2.1/32, ",
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                cidr: 10.0.0.0/8
            #         ^^^^^^^^^^ SL871
                subnets:
                  public: [{cidr: 10.0.0.0/24}]
                  private: [{cidr: 10.0.1.0}]
            #                      ^^^^^^^^ SL871
                security_group:
                  ingress: [{cidr: '::/0', ip_protocol: tcp, ports: 80}]
            #                      ^^^^^^ SL871
            """
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                cidr: 10.0.0.0/16
                subnets:
                  public: [{cidr: 10.0.0.0/24}, {cidr: 10.1.1.0/24}]
            #                                          ^^^^^^^^^^^ SL871
                  private: [{cidr: 10.0.2.0/23}, {cidr: 10.0.3.0/24}]
            #                                           ^^^^^^^^^^^ SL871
            """
        ),
    )
    also_good = (
        """
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {id: vpc-0123456789abcdef0, subnets: {public: [{id: subnet-0123456789abcdef0, cidr: all}, {id: subnet-0123456789abcdef1}]}}}
        """,
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        for node in _sources(environment):
            yield from self._source(node)
        if not environment.overrides_template("CidrIp"):
            for rule in environment.vpc.rules:
                yield from self._ipv4(rule.node.get("cidr"), "the security group")
        if environment.vpc.is_adjusted and not environment.overrides_template("CidrBlock"):
            yield from self._vpc(environment.vpc)

    def _source(self, node: Scalar) -> Iterator[Finding]:
        if not node.known:
            return
        if is_range(node.text):
            yield from self._ipv4(node, "the load balancer")
            return
        bits = address_bits(node.text)
        message = f"{node.text!r} is not a range of addresses"
        yield self.finding(
            node,
            message,
            replace=f"{node.text}/{bits}" if bits else None,
            help=""
            if bits
            else "write an address, a slash and the length of the prefix, such as 10.0.0.0/16",
            effect="Copilot refuses the manifest: invalid CIDR address",
            stage=Stage.COPILOT,
        )

    def _ipv4(self, node: object, place: str) -> Iterator[Finding]:
        if not isinstance(node, Scalar) or not node.known or not node.text:
            return
        found = read_range(node.text)
        if found is None:
            message = f"{node.text!r} is not a range of addresses"
            yield self.finding(
                node,
                message,
                help="write an address, a slash and the length of the prefix, such as 10.0.0.0/16",
            )
        elif found.version != _IPV4:
            message = f"{node.text!r} is a range of IPv6 addresses, and {place} takes IPv4 only"
            yield self.finding(node, message, help="write a range of IPv4 addresses")

    def _vpc(self, vpc: Vpc) -> Iterator[Finding]:
        whole, subnets = vpc_block(vpc.cidr), [subnet.cidr for subnet in vpc.subnets if subnet.cidr]
        for node in (vpc.cidr, *subnets):
            found = vpc_block(node)
            if node is not None and found is None:
                yield from self._no_block(node)
            elif node is not None and found is not None and whole and not found.subnet_of(whole):
                yield self._outside(node, vpc)
        for node, other in overlapping_blocks(subnets):
            message = f"the subnet {node.text} overlaps {other.text}"
            related = (Related(other.place, "the other one"),)
            yield self.finding(node, message, help="write a range that no other subnet has", related=related)

    def _no_block(self, node: Scalar) -> Iterator[Finding]:
        found = list(self._ipv4(node, "a VPC"))
        yield from found
        if not found and node.known and node.text:
            masks = f"a mask from /{VPC_MASKS[0]} to /{VPC_MASKS[1]}"
            yield self.finding(
                node, f"{node.text} does not have {masks}", help=f"write {masks}, such as 10.0.0.0/16"
            )

    def _outside(self, node: Scalar, vpc: Vpc) -> Finding:
        message = f"the subnet {node.text} is not inside the VPC"
        related = (Related(vpc.cidr.place, "the range of the VPC"),) if vpc.cidr else ()
        return self.finding(node, message, help="write a part of the VPC's range", related=related)


_IPV4 = 4


def _sources(environment: EnvironmentManifest) -> Iterator[Scalar]:
    """The entries of `source_ips`, in the place of today and in the deprecated ones."""
    public = environment.mapping("http", "public")
    old = [
        environment.mapping("http", load_balancer, "security_groups", "ingress", "restrict_to")
        for load_balancer in ("public", "private")
    ]
    for ingress in (as_mapping(public.get("ingress")), *old):
        yield from (node for node in items_of(ingress.get("source_ips")) if isinstance(node, Scalar))
