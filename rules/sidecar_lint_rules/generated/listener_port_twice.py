from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    is_resource_overridden,
)

_LISTENER = "AWS::ElasticLoadBalancingV2::Listener"


class ListenerPortTwice(Rule):
    """Two listeners of the network load balancer have one port.

    `nlb` and each of its `additional_listeners` become a listener of the same load balancer, and that has one
    listener a port. Copilot compares the ports of containers only.
    """

    code, name = "SL749", "listener-port-twice"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: a listener already exists on this port"
    sources = ("Elastic Load Balancing API: CreateListener, DuplicateListener",)
    good = ("nlb: {port: 443/tls, additional_listeners: [{port: 80, target_port: 443}]}",)
    bad = (
        Bad(
            """
            nlb:
              port: 443/tls
              additional_listeners: [{port: 443, target_port: 8443}]
            #                               ^^^ SL749
            """
        ),
    )
    also_good = ("nlb: {port: '${PORT}', additional_listeners: [{port: '${PORT}'}]}",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        found = list(self._twice(manifest))
        yield from () if found and is_resource_overridden(manifest, _LISTENER, "Port") else found

    def _twice(self, manifest: Manifest) -> Iterator[Finding]:
        first: dict[str, Scalar] = {}
        for section, _ in manifest.nlb_listeners():
            port = section.get("port")
            if not isinstance(port, Scalar) or not port.known:
                continue
            number = port.text.partition("/")[0]
            other = first.setdefault(number, port)
            if other is not port and number:
                related = (Related(other.place, "the other listener"),)
                message = f"port {number} has two listeners"
                yield self.finding(port, message, help="give one of them another port", related=related)
