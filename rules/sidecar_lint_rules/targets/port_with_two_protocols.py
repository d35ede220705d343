from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Related, Rule, Severity, Stage


class PortWithTwoProtocols(Rule):
    """A container exposes one port for TCP and for UDP.

    Copilot keeps one protocol for a port. An application load balancer, and `tls` at a network load
    balancer, count as TCP.
    """

    code, name = "SL508", "port-with-two-protocols"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: a container is exposing the same port with two protocols"
    sources = ("internal/pkg/manifest/validate.go: validateExposedPorts",)
    good = (
        """
        name: api
        image: {port: 8080}
        nlb:
          port: 53/udp
          target_container: dns
          healthcheck: {port: 8080}
        sidecars: {dns: {image: dns, port: 53/udp}}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            image: {port: 8080}
            nlb:
              port: 53/tcp
            #       ^^^^^^ SL508
              target_container: dns
            sidecars: {dns: {image: dns, port: 53/udp}}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for late, early in manifest.ports.clashes:
            if late.container == early.container:
                yield self.finding(
                    late.source,
                    f"{late.container!r} exposes port {late.port} for {late.protocol} and for {early.protocol}",
                    help="use one protocol, or a port for each",
                    related=(Related(early.source.place, f"{early.protocol} is from here"),),
                )
