from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage


class NullSidecar(Rule):
    """A sidecar has nothing under its name.

    Copilot takes it for a null pointer and crashes with a Go stack trace as soon as it looks at the
    manifest. A null does not remove a sidecar either: in an environment, `nginx:` with nothing
    under it leaves the sidecar as it is elsewhere.
    """

    code, name = "SL101", "null-sidecar"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot crashes with a nil pointer dereference"
    sources = ("internal/pkg/manifest/validate.go: SidecarConfig.validate",)
    good = (
        "sidecars: {nginx: {image: nginx}}",
        """
        sidecars: {nginx: {image: nginx}}
        environments:
          prod: {sidecars: {nginx: }}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
            # ^^^^^ SL101
              envoy: ~
            #        ^ SL101
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for key, node in manifest.mapping("sidecars") if manifest.is_ecs else ():
            if node.is_null:
                message = f"sidecar {key.text!r} is null"
                yield self.finding(node, message, help="give it an image, or remove its name")
