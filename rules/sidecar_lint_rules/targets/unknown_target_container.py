from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Causes,
    Finding,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    closest,
    enumerated,
    lost,
)
from sidecar_lint_rules.sidecars._misspelt import sidecar_names


class UnknownTargetContainer(Rule):
    """`target_container` names no container of this service.

    A load balancer can send traffic to the service's own container, which has the name of the
    service, or to a sidecar. Names are compared exactly, upper and lower case included. The log
    router that `logging` adds cannot be a target. In the `http` of a Load Balanced Web Service, the
    old spelling `targetContainer` counts where `target_container` is not written.
    """

    code, name = "SL501", "unknown-target-container"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: target container doesn't exist"
    sources = ("internal/pkg/manifest/validate.go: validateTargetContainer",)
    good = (
        """
        name: api
        http:
          path: /
          target_container: nginx
        sidecars:
          nginx: {image: nginx, port: 80}
        """,
        """
        name: api
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
              target_container: nginz
            #                   ^^^^^ SL501
            sidecars:
              nginx: {image: nginx, port: 80}
            """,
            fixed="target_container: nginx",
        ),
        Bad(
            """
            name: api
            http:
              path: /
              targetContainer: nginz
            #                  ^^^^^ SL501
            sidecars:
              nginx: {image: nginx, port: 80}
            """,
            fixed="targetContainer: nginx",
        ),
        Bad(
            """
            name: api
            image: {port: 80}
            nlb:
              port: 443/tls
              additional_listeners:
                - port: 80/tcp
                  target_container: API
            #                       ^^^ SL501
            """,
            fixed="target_container: api",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        names = dict.fromkeys((manifest.name, *(sidecar.name for sidecar in manifest.sidecars)))
        defined = sidecar_names(manifest)
        for listener in manifest.ports.listeners:
            target = listener.target
            if target is None or not target.known or target.text in names:
                continue
            message = f"no container is named {target.text!r}"
            if misspelt := defined.misspelt(target.text):
                yield misspelt.finding(self, target, message)
                continue
            nearest = closest(target.text, names)
            choice = "" if nearest else f"the containers are {enumerated(names)}"
            yield self.finding(
                target,
                message,
                replace=nearest,
                help=choice,
                follows_from=_because(manifest, target),
            )


def _because(manifest: Manifest, target: Scalar) -> Causes:
    """Why there may be no such container, or no such name: a sidecar that is null is not there either."""
    named = manifest.mapping("sidecars").entries.get(target.text)
    null = [("SL101", named)] if named is not None else []
    return [("SL005", target), *null, *lost(manifest, "sidecars", target.text)]
