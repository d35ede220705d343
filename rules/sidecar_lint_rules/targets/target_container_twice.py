from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    BACKEND,
    LOAD_BALANCED,
    Bad,
    Finding,
    Manifest,
    Mapping,
    Node,
    Related,
    Rule,
    Severity,
    Stage,
)


class TargetContainerTwice(Rule):
    """`http` has both `target_container` and its old spelling, `targetContainer`.

    Copilot refuses the two together even where they name the same container.
    """

    code, name = "SL503", "target-container-twice"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = (
        "Copilot refuses the manifest: must specify one, not both, of target_container and targetContainer"
    )
    sources = (
        "internal/pkg/manifest/validate.go: HTTP.validate",
        "internal/pkg/manifest/http.go: HTTPOrBool",
    )
    good = (
        """
        http: {path: /, target_container: nginx}
        sidecars: {nginx: {image: nginx, port: 80}}
        """,
        """
        http: {path: /, targetContainer: nginx}
        sidecars: {nginx: {image: nginx, port: 80}, envoy: {image: envoy, port: 81}}
        environments:
          prod:
            http: {target_container: envoy}
        """,
    )
    bad = (
        Bad(
            """
            http:
              path: /
              target_container: nginx
              targetContainer: nginx
            # ^^^^^^^^^^^^^^^ SL503
            sidecars: {nginx: {image: nginx, port: 80}}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        http = manifest.get("http")
        if not isinstance(http, Mapping):
            return
        # The decoder of a Load Balanced Web Service turns the old spelling into the new one, each half alone.
        wholes = {BACKEND: [http], LOAD_BALANCED: manifest.http_halves}
        for whole in wholes.get(manifest.kind, []):
            old, new = whole.get("targetContainer"), whole.get("target_container")
            if old is not None and new is not None:
                yield self._both(old, new)
                return

    def _both(self, old: Node, new: Node) -> Finding:
        return self.finding(
            old.key.span if old.key else old,
            "`targetContainer` is the old spelling of `target_container`, and both are written",
            help="keep `target_container` alone",
            related=(Related(new.place, "the other one"),),
        )
