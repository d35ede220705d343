from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Related, Rule, Severity, Stage


class PortUsedTwice(Rule):
    """Two containers of a task expose one port.

    The containers of a task share one network address, so a port can belong to only one of them. A
    container also exposes the `target_port` of a load balancer: that of the container which
    `target_container` names, or of the service's own.
    """

    code, name = "SL507", "port-used-twice"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: two containers are exposing the same port"
    sources = ("internal/pkg/manifest/validate.go: validateExposedPorts",)
    good = (
        """
        name: api
        image: {port: 8080}
        http: {path: /, target_container: nginx, target_port: 80}
        sidecars: {nginx: {image: nginx, port: 80}}
        """,
        """
        name: api
        image: {port: 8080}
        http: {path: /, target_port: 80}
        sidecars: {nginx: {image: nginx, port: 80}}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            image:
              port: 80
            #       ^^ SL507
            sidecars:
              nginx: {image: nginx, port: 80}
            """
        ),
        Bad(
            """
            name: api
            image: {port: 8080}
            http:
              path: /
              target_container: api
              target_port: 80
            #              ^^ SL507
            sidecars:
              nginx: {image: nginx, port: 80}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for late, early in manifest.ports.clashes:
            if late.container != early.container:
                yield self.finding(
                    late.source,
                    f"port {late.port} is exposed by {late.container!r} and by {early.container!r}",
                    help="give one of them another port, and let it listen there",
                    related=(Related(early.source.place, f"{early.container!r} exposes it here"),),
                )
