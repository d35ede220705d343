from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Causes,
    Edit,
    EnvironmentManifest,
    Finding,
    Fix,
    Mapping,
    Rule,
    Scalar,
    SecurityGroupRule,
    Severity,
    Stage,
    if_all_lost,
    lost_in,
)


class InvalidSecurityGroupRule(Rule):
    """A rule of the environment's security group is incomplete, or its ports or protocol are none.

    A rule has a `cidr`, an `ip_protocol` and `ports`. Ports are a number, or two with a hyphen between
    them, the lower one first; a single number in quotes is neither. Copilot does not look at the protocol,
    or at how high a port is: what is wrong there fails in CloudFormation.
    """

    code, name = "SL868", "invalid-security-group-rule"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest"
    in_schema = True
    sources = (
        "internal/pkg/manifest/validate_env.go: securityGroupRule, portsConfig",
        "AWS::EC2::SecurityGroup Ingress: IpProtocol, FromPort, ToPort",
    )
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            security_group:
              ingress:
                - {cidr: 10.0.0.0/8, ip_protocol: tcp, ports: 80}
                - {cidr: 10.0.0.0/8, ip_protocol: "17", ports: 8000-8010}
                - {cidr: 10.0.0.0/8, ip_protocol: icmp, ports: -1}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                security_group:
                  ingress:
                    - {cidr: 10.0.0.0/8, ports: 80}
            #          ^^^^ SL868
                    - {cidr: 10.0.0.0/8, ip_protocol: tcp, ports: 90-80}
            #                                                     ^^^^^ SL868
                    - {cidr: 10.0.0.0/8, ip_protocol: http, ports: 80}
            #                                         ^^^^ SL868
                    - {cidr: 10.0.0.0/8, ip_protocol: tcp, ports: 70000}
            #                                                     ^^^^^ SL868
            """
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                security_group:
                  egress:
                    - {cidr: 10.0.0.0/8, ip_protocol: tcp, ports: '443'}
            #                                                     ^^^^^ SL868
            """,
            fixed="ports: 443}",
        ),
    )
    also_good = (
        """
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {security_group: {ingress: [{cidr: 10.0.0.0/8, ip_protocol: 255, ports: [80]}, {cidr: 10.0.0.0/8, ip_protocol: tcp, ports: 0}]}}}
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                security_group:
                  ingress:
                    - {cidr: 10.0.0.0/8, ip_protocol: tcp, ports: &port "80"}
            #                                                           ^^^^ SL868
                    - {cidr: 10.0.0.0/8, ip_protocol: udp, ports: *port}
                    - {cidr: 10.0.0.0/8, ip_protocol: tcp, ports: '80-'}
            #                                                     ^^^^^ SL868
                    - {cidr: 10.0.0.0/8, ip_protocol: 256, ports: ''}
            #                                         ^^^ SL868
            #                                                     ^^ SL868
                    - {cidr: '', ip_protocol: tcp, ports: 80}
            #          ^^^^ SL868
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        is_changed = environment.overrides_template("IpProtocol", "FromPort", "ToPort")
        for rule in environment.vpc.rules:
            lacking = [name for name in _FIELDS if _is_missing(rule.node, name)]
            if lacking:
                because = if_all_lost(lost_in(environment.file, rule.node, name) for name in lacking)
                yield self._incomplete(rule, lacking, because)
            protocol, ports = rule.node.get("ip_protocol"), rule.node.get("ports")
            if isinstance(ports, Scalar) and ports.known:
                yield from self._ports(ports, protocol if isinstance(protocol, Scalar) else None)
            if isinstance(protocol, Scalar) and protocol.known and not is_changed:
                yield from self._protocol(protocol)

    def _incomplete(self, rule: SecurityGroupRule, lacking: list[str], because: Causes) -> Finding:
        names = " and ".join(f"`{name}`" for name in lacking)
        place = next((key for key, _ in rule.node), rule.node)
        message = f"rule {rule.place} of the security group has no {names}"
        return self.finding(place, message, help=f"write {names}", follows_from=because)

    def _ports(self, ports: Scalar, protocol: Scalar | None) -> Iterator[Finding]:
        found = _range(ports)
        if found is None:
            yield self._no_ports(ports)
            return
        first, last = found
        if first > last:
            message = f"the range {ports.text!r} begins with the higher port"
            yield self.finding(ports, message, replace=f"{last}-{first}")
        elif (
            protocol is not None and protocol.text.lower() in _WITH_PORTS and not 0 <= first <= last <= _LAST
        ):
            message = f"port {ports.text} is invalid for {protocol.text}"
            yield self.finding(
                ports, message, help=f"write a port from 0 to {_LAST}", effect=_LATER, stage=Stage.DEPLOY
            )

    def _no_ports(self, ports: Scalar) -> Finding:
        if ports.style in ("'", '"') and ports.text.isascii() and ports.text.isdigit():
            message = "a port in quotes is taken for a range, and is none"
            return self.finding(ports, message, help=f"write `{int(ports.text)}`", fixes=_unquoted(ports))
        message = f"{ports.text!r} is neither a port nor a range of ports"
        return self.finding(ports, message, help="write a number, or the first and the last one: `80-90`")

    def _protocol(self, protocol: Scalar) -> Iterator[Finding]:
        text = protocol.text
        if (
            not text
            or text.lower() in _PROTOCOLS
            or (text.isascii() and text.isdigit() and int(text) <= _HIGHEST)
        ):
            return
        message = f"{text!r} is not a protocol of a security group"
        help_ = "write `tcp`, `udp`, `icmp`, `icmpv6`, the number of a protocol, or -1 for all"
        yield self.finding(protocol, message, help=help_, effect=_LATER, stage=Stage.DEPLOY)


_FIELDS = ("cidr", "ip_protocol", "ports")
_LATER = "CloudFormation refuses the security group when the environment is deployed"
_WITH_PORTS = frozenset(("tcp", "udp", "6", "17"))
_PROTOCOLS = frozenset(("tcp", "udp", "icmp", "icmpv6", "-1"))
_HIGHEST, _LAST = 255, 65535
_RANGE = r"([0-9]{1,18})-([0-9]{1,18})"


def _unquoted(ports: Scalar) -> tuple[Fix, ...]:
    """The fix that takes the quotes away."""
    if not ports.is_verbatim:
        return ()
    text = str(int(ports.text))
    return (Fix(f"write `{text}`", (Edit(ports.span, text),), safe=True),)


def _is_missing(rule: Mapping, name: str) -> bool:
    node = rule.get(name)
    return node is None or (isinstance(node, Scalar) and not node.text and name != "ports")


def _range(ports: Scalar) -> tuple[int, int] | None:
    """The first and the last port; None where Copilot reads neither a number nor a range."""
    if ports.as_int is not None:
        return ports.as_int, ports.as_int
    found = re.fullmatch(_RANGE, ports.text)
    return (int(found[1]), int(found[2])) if found else None
