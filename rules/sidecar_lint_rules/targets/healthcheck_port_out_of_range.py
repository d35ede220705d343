from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage

_HIGHEST: Final = 65535


class HealthcheckPortOutOfRange(Rule):
    """The `healthcheck.port` of a load balancer is not from 1 to 65535.

    Copilot takes any number and writes it into the template as it is.
    """

    code, name = "SL514", "healthcheck-port-out-of-range"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: Elastic Load Balancing refuses the target group"
    sources = ("AWS: Elastic Load Balancing API Reference, CreateTargetGroup, HealthCheckPort",)
    good = ("http: {path: /, healthcheck: {path: /up, port: 8080}}",)
    bad = (
        Bad(
            """
            http:
              path: /
              healthcheck:
                port: 80800
            #         ^^^^^ SL514
            """
        ),
    )
    also_good = ("http: {path: /, healthcheck: {port: 1}}",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        shape = manifest.document.shape
        wrong = {each.node.span for each in shape.wrong_types} if shape else set()
        for listener in manifest.ports.listeners:
            node = listener.healthcheck_port
            port = node.as_int if node else None
            if node is None or port is None or 1 <= port <= _HIGHEST or node.span in wrong:
                continue
            yield self.finding(node, f"port {port} is invalid", help="write a port from 1 to 65535")
