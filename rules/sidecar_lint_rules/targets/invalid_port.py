from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, PortMapping, Rule, Severity, Stage

_GRAMMAR: Final = "write one number from 1 to 65535, with /tcp or /udp after it where it matters"


class InvalidPort(Rule):
    """The `port` of a sidecar or of a network load balancer's listener is invalid.

    It is a number from 1 to 65535 in decimal digits, with `/tcp` or `/udp` after it if need be. A range,
    a pair such as `8080:80`, and a number in another notation are none.
    """

    code, name = "SL505", "invalid-port"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: the port cannot be parsed"
    sources = (
        "internal/pkg/manifest/svc.go: ParsePortMapping",
        "internal/pkg/manifest/validate.go: validateExposedPorts",
    )
    in_schema = True
    good = (
        "sidecars: {nginx: {image: nginx, port: 80}}",
        "sidecars: {xray: {image: xray, port: 2000/udp}}",
        "nlb: {port: 443/tls}",
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                port: 8080:80
            #         ^^^^^^^ SL505
            """,
            fixed="port: 80",
        ),
        Bad(
            """
            nlb:
              port: 80-90/tcp
            #       ^^^^^^^^^ SL505
            """
        ),
        Bad(
            """
            sidecars:
              nginx: {image: nginx, port: 70000}
            #                             ^^^^^ SL505
            """
        ),
    )
    also_good = (
        """
        nlb: {port: ''}
        sidecars: {nginx: {image: nginx}}
        """,
    )
    also_bad = (
        Bad(
            """
            sidecars: {nginx: {image: nginx, port: '8080:http'}}
            #                                      ^^^^^^^^^^^ SL505
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        # An empty port of a listener is missing, rather than wrong.
        listeners = [each.port for each in manifest.ports.listeners if each.port and each.port.text]
        for node in (*(sidecar.port for sidecar in manifest.sidecars), *listeners):
            if node is None or not node.known:
                continue
            if PortMapping.read(node.text).number is None:
                message, container = f"port {node.text!r} is invalid", _container_port(node.text)
                yield self.finding(node, message, replace=container, help="" if container else _GRAMMAR)


def _container_port(text: str) -> str | None:
    """The second half of what Docker writes as `host:container`."""
    container = text.rpartition(":")[2]
    return container if ":" in text and PortMapping.read(container).number else None
