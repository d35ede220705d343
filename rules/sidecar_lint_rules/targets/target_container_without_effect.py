from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import BACKEND, Bad, Edit, Finding, Fix, Manifest, Rule, Severity, Stage


class TargetContainerWithoutEffect(Rule):
    """The `http` of a Backend Service has `targetContainer`, which has no effect there.

    It is the old spelling of `target_container`. Copilot still reads it, but only for a Load Balanced
    Web Service does it do anything with it.
    """

    code, name = "SL504", "target-container-without-effect"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "the load balancer sends traffic to the service's own container"
    sources = (
        "internal/pkg/manifest/http.go: HTTPOrBool.UnmarshalYAML",
        "internal/pkg/manifest/backend_svc.go",
    )
    good = (
        """
        type: Backend Service
        http: {path: /, target_container: nginx}
        sidecars: {nginx: {image: nginx, port: 80}}
        """,
        """
        type: Load Balanced Web Service
        http: {path: /, targetContainer: nginx}
        sidecars: {nginx: {image: nginx, port: 80}}
        """,
    )
    bad = (
        Bad(
            """
            type: Backend Service
            http:
              path: /
              targetContainer: nginx
            # ^^^^^^^^^^^^^^^ SL504
            sidecars: {nginx: {image: nginx, port: 80}}
            """,
            fixed="  target_container: nginx",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        old = manifest.get("http", "targetContainer")
        if manifest.kind != BACKEND or old is None or old.key is None:
            return
        # Copilot refuses the two together, which is more than to say nothing.
        if manifest.get("http", "target_container") is not None:
            return
        edits = () if old.key.alias else (Edit(old.key.span, "target_container"),)
        yield self.finding(
            old.key.span,
            "`targetContainer` has no effect in a Backend Service",
            help="write `target_container`",
            fixes=(Fix("write `target_container`", edits),) if edits else (),
        )
