from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import BACKEND, Bad, Finding, Manifest, Related, Rule, Scalar, Severity, Span, Stage, lost


class TargetContainerWithoutPort(Rule):
    """`target_container` names a container that declares no port.

    A sidecar that gets traffic needs a `port`, and the service's own container needs `image.port`.
    `target_port` does not stand in for it.
    """

    code, name = "SL502", "target-container-without-port"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: target container doesn't expose a port"
    sources = ("internal/pkg/manifest/validate.go: validateTargetContainer",)
    good = (
        """
        name: api
        http: {path: /, target_container: nginx}
        sidecars:
          nginx: {image: nginx, port: 80}
        """,
        """
        name: api
        type: Backend Service
        http: {path: /, target_container: api}
        image: {port: 80}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            http:
              path: /
              target_container: nginx
            #                   ^^^^^ SL502
              target_port: 80
            sidecars:
              nginx: {image: nginx}
            """
        ),
        Bad(
            """
            name: api
            type: Backend Service
            http:
              path: /
              target_container: api
            #                   ^^^ SL502
            image: {location: nginx}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        portless = {s.name: s.key for s in manifest.sidecars if s.section.get("port") is None}
        portless.pop(manifest.name, None)
        # A Load Balanced Web Service cannot be without `image.port` anyway.
        if manifest.kind == BACKEND and manifest.get("image", "port") is None:
            portless[manifest.name] = manifest.root_key("image")
        for listener in manifest.ports.listeners:
            target = listener.target
            if target is not None and target.known and target.text in portless:
                yield self._portless(manifest, target, portless[target.text])

    def _portless(self, manifest: Manifest, target: Scalar, container: Scalar | None) -> Finding:
        path = ("image", "port") if target.text == manifest.name else ("sidecars", target.text, "port")
        place: Span | None = container.span if container else None
        return self.finding(
            target,
            f"the container {target.text!r} has no port",
            help=f"add `{'.'.join(path)}`",
            related=(Related(place, "the container"),) if place else (),
            follows_from=[*lost(manifest, *path), *([("SL702", container)] if container else [])],
        )
