from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Finding,
    Listener,
    Manifest,
    Mapping,
    Node,
    Rule,
    Scalar,
    Severity,
    Span,
    Stage,
    is_blank,
)

_FIELDS: Final = (
    "target_container",
    "target_port",
    "ssl_policy",
    "stickiness",
    "deregistration_delay",
    "alias",
)
_CHECKS: Final = ("port", "healthy_threshold", "unhealthy_threshold", "timeout", "interval")


class MissingListenerPort(Rule):
    """A listener of the network load balancer has no `port`.

    `nlb` and each of its `additional_listeners` must say on which port they listen. `target_port` is
    the container's side.
    """

    code, name = "SL510", "missing-listener-port"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "port" must be specified'
    sources = ("internal/pkg/manifest/validate.go: NetworkLoadBalancerListener.validate",)
    good = ("nlb: {port: 443/tls}", "nlb: {}")
    bad = (
        Bad(
            """
            nlb:
            ^^^ SL510
              target_port: 8080
            """
        ),
        Bad(
            """
            nlb:
              port: 443/tls
              additional_listeners:
                - target_port: 8080
            #     ^^^^^^^^^^^^^^^^^ SL510
            """
        ),
    )
    also_good = ("nlb: {additional_listeners: [], healthcheck: {success_codes: '200'}}",)
    also_bad = (
        Bad(
            """
            nlb: {port: ''}
            #           ^^ SL510
            """
        ),
        Bad(
            """
            nlb: {healthcheck: {port: 80}}
            ^^^ SL510
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for listener in manifest.ports.listeners:
            port = listener.section.get("port")
            missing = is_blank(port)
            if listener.is_network and missing and _counts(listener):
                yield self.finding(
                    _place(listener, port),
                    f"`{listener.name}` has no `port`",
                    help="add a `port`, such as `443/tls` or `80/tcp`",
                )


def _counts(listener: Listener) -> bool:
    """Whether Copilot sees a listener there; without one, an `nlb` is as good as none."""
    section, checks = listener.section, listener.section.get("healthcheck")
    if listener.name != "nlb" or section.get("port") is not None:
        return True
    return any(_is_written(section.get(name)) for name in (*_FIELDS, "additional_listeners")) or (
        isinstance(checks, Mapping) and any(checks.get(name) is not None for name in _CHECKS)
    )


def _is_written(node: Node | None) -> bool:
    return node is not None and (isinstance(node, Scalar) or bool(getattr(node, "items", ())))


def _place(listener: Listener, port: Node | None) -> Node | Span:
    if port is not None:
        return port
    return listener.section.key.span if listener.section.key else listener.section
