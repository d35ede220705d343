from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, PortMapping, Rule, Scalar, Severity, Stage


class PortZero(Rule):
    """A port is 0.

    Copilot takes 0 for a port like any other. Nothing can listen on it in a task, and no load balancer
    accepts it.
    """

    code, name = "SL511", "port-zero"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: ports are from 1 to 65535"
    sources = ("AWS: Amazon ECS API Reference, PortMapping", "internal/pkg/manifest/svc.go: ParsePortMapping")
    good = ("image: {port: 80}", "sidecars: {nginx: {image: nginx, port: 80}}")
    bad = (
        Bad(
            """
            image: {location: nginx, port: 0}
            #                              ^ SL511
            sidecars:
              nginx:
                image: nginx
                port: 0/tcp
            #         ^^^^^ SL511
            """
        ),
    )
    also_good = ("http: {path: /, target_port: abc}",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for node in _texts(manifest):
            if node is not None and node.known and PortMapping.read(node.text).number == 0:
                yield self._zero(node)
        for node in _numbers(manifest):
            if node is not None and node.as_int == 0 and not _is_swallowed(node, manifest):
                yield self._zero(node)

    def _zero(self, node: Scalar) -> Finding:
        return self.finding(node, "port 0 is invalid", help="write a port from 1 to 65535")


def _texts(manifest: Manifest) -> Iterator[Scalar | None]:
    yield from (sidecar.port for sidecar in manifest.sidecars)
    yield from (listener.port for listener in manifest.ports.listeners)


def _numbers(manifest: Manifest) -> Iterator[Scalar | None]:
    yield manifest.main_port
    yield from (listener.target_port for listener in manifest.ports.listeners)


def _is_swallowed(node: Scalar, manifest: Manifest) -> bool:
    """Whether something else is written, which Copilot turns into 0 without a word."""
    shape = manifest.document.shape
    return any(each.node.span == node.span for each in (shape.wrong_types if shape else []))
