from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Exposure,
    Finding,
    Listener,
    Manifest,
    PortMapping,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
)


class UdpHealthCheck(Rule):
    """A load balancer's health checks go to a port that a container exposes for UDP.

    Load balancers check the health of a target with TCP or HTTP. Where `healthcheck.port` is not
    written, the checks go to the port that gets the traffic, so a listener for UDP always needs one.
    """

    code, name = "SL509", "udp-health-check"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: the protocol of the port is invalid for health checks"
    sources = ("internal/pkg/manifest/validate.go: validateHealthCheckPorts",)
    good = (
        """
        name: api
        image: {port: 8080}
        nlb:
          port: 53/udp
          healthcheck: {port: 8080}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            image: {port: 8080}
            nlb:
              port: 53/udp
            #       ^^^^^^ SL509
            """
        ),
        Bad(
            """
            name: api
            image: {port: 8080}
            http:
              path: /
              healthcheck:
                port: 53
            #         ^^ SL509
            sidecars: {dns: {image: dns, port: 53/udp}}
            """
        ),
    )
    also_good = (
        """
        image: {location: nginx}
        http: {path: /}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.ports.clashes:
            return  # Copilot stops there, and who exposes a port is not settled.
        for listener in manifest.ports.listeners:
            checked = _checked(listener, manifest)
            port = _number(checked, listener)
            exposure = manifest.ports.at(port & 0xFFFF) if port is not None else None
            if checked is not None and exposure and exposure.protocol != "TCP":
                yield self._udp(listener, checked, exposure)

    def _udp(self, listener: Listener, checked: Scalar, exposure: Exposure) -> Finding:
        related = (Related(exposure.source.place, "exposed here"),) if exposure.source is not checked else ()
        return self.finding(
            checked,
            f"health checks of `{listener.name}` go to port {exposure.port}, "
            f"which {exposure.container!r} exposes for {exposure.protocol}",
            help="write `healthcheck.port` with a port that answers to TCP",
            related=related,
        )


def _checked(listener: Listener, manifest: Manifest) -> Scalar | None:
    """What decides to which port health checks go."""
    return listener.healthcheck_port or listener.target_port or listener.port or manifest.main_port


def _number(node: Scalar | None, listener: Listener) -> int | None:
    if node is None or not node.known:
        return None
    return PortMapping.read(node.text).number if node is listener.port else node.as_int
