from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage

_PORTS: Final = 65536


class WrappedTargetPort(Rule):
    """The `target_port` of a network load balancer's listener is past 65535, or negative.

    Copilot takes any number there and keeps what fits into a port: 70000 turns into 4464.
    """

    code, name = "SL512", "wrapped-target-port"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "the load balancer sends traffic to another port than is written"
    sources = ("internal/pkg/manifest/svc.go: NetworkLoadBalancerListener.Target",)
    good = ("nlb: {port: 443/tls, target_port: 8443}",)
    bad = (
        Bad(
            """
            nlb:
              port: 443/tls
              target_port: 84430
            #              ^^^^^ SL512
            """
        ),
    )
    also_good = ("nlb: {port: 80, target_port: 0}",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for listener in manifest.ports.listeners:
            node = listener.target_port
            port = node.as_int if node else None
            if node is not None and port is not None and listener.is_network and not 0 <= port < _PORTS:
                yield self.finding(
                    node,
                    f"Copilot makes port {port % _PORTS} out of {port}",
                    help="write a port from 1 to 65535",
                )
