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
    Severity,
    Stage,
)


class UdpTarget(Rule):
    """The application load balancer sends requests to a port that is exposed for UDP.

    `http` speaks HTTP, over TCP. Copilot checks the protocol where health checks go, and with a
    `healthcheck.port` of its own, or with `target_container` alone, it does not look at the target.
    """

    code, name = "SL513", "udp-target"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: no request or health check gets through to the container"
    sources = ("internal/pkg/manifest/svc.go: RoutingRule.Target",)
    good = (
        """
        name: api
        image: {port: 8080}
        http: {path: /, target_container: nginx}
        sidecars: {nginx: {image: nginx, port: 80/tcp}}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            image: {port: 8080}
            http:
              path: /
              target_container: dns
            #                   ^^^ SL513
            sidecars: {dns: {image: dns, port: 53/udp}}
            """
        ),
    )
    also_good = (
        """
        http: {path: /, target_container: web}
        nlb: {port: 53/udp, target_container: dns}
        sidecars: {dns: {image: dns, port: 53/udp}, web: {image: nginx, port: 80}}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.ports.clashes:
            return  # Copilot refuses those, a port with two protocols among them.
        for listener in manifest.ports.listeners:
            target = listener.target
            exposure = None if listener.is_network or listener.target_port else _receiver(listener, manifest)
            if target is not None and exposure and exposure.protocol == "UDP":
                yield self.finding(
                    target,
                    f"{target.text!r} exposes port {exposure.port} for UDP, and `{listener.name}` speaks HTTP",
                    help="name a container with a TCP port, or use `nlb` for UDP",
                    related=(Related(exposure.source.place, "the port"),),
                )


def _receiver(listener: Listener, manifest: Manifest) -> Exposure | None:
    """The port of the container that `target_container` names."""
    for sidecar in manifest.sidecars:
        if listener.target and sidecar.name == listener.target.text and sidecar.name != manifest.name:
            number = PortMapping.read(sidecar.port.text).number if sidecar.port else None
            return manifest.ports.at(number) if number is not None else None
    return None
