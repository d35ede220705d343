from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, PortMapping, Rule, Scalar, Severity, Stage

_CONTAINER: Final = ("tcp", "udp")
_LISTENER: Final = ("tcp", "udp", "tls")


class UnknownPortProtocol(Rule):
    """A port has a protocol that Copilot does not know.

    A sidecar exposes a port with `tcp` or `udp`. A listener of a network load balancer knows `tls` as
    well, which ends at the load balancer. Upper and lower case are alike.
    """

    code, name = "SL506", "unknown-port-protocol"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: invalid protocol"
    sources = ("internal/pkg/manifest/validate.go: SidecarConfig.validate, validateNLBPort",)
    in_schema = True
    good = (
        "sidecars: {xray: {image: xray, port: 2000/UDP}}",
        "nlb: {port: 443/TLS}",
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                port: 80/http
            #         ^^^^^^^ SL506
            """
        ),
        Bad(
            """
            nlb:
              port: 443/https
            #       ^^^^^^^^^ SL506
            """
        ),
    )
    also_good = ("sidecars: {nginx: {image: nginx}, envoy: {image: envoy, port: http/tls}}",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for sidecar in manifest.sidecars:
            yield from self._check(sidecar.port, _CONTAINER)
        for listener in manifest.ports.listeners:
            yield from self._check(listener.port, _LISTENER)

    def _check(self, node: Scalar | None, protocols: tuple[str, ...]) -> Iterator[Finding]:
        mapping = PortMapping.read(node.text) if node is not None and node.known else None
        if node is None or mapping is None or mapping.number is None or mapping.protocol is None:
            return
        if mapping.protocol.lower() in protocols:
            return
        port = node.text.partition("/")[0]
        choice = " or ".join(f"{port}/{protocol}" for protocol in protocols)
        yield self.finding(node, f"{mapping.protocol!r} is not a protocol of a port", help=f"write {choice}")
