from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, lost, misspelt_overrides


class MissingSidecarImage(Rule):
    """A sidecar has no image.

    Every sidecar needs an `image`: the reference of one that exists, or a map with `build`. Where
    only an environment knows the sidecar and the base has one of a name like it, SL702 says so.
    """

    code, name = "SL102", "missing-sidecar-image"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: it must have an image"
    sources = ("internal/pkg/manifest/validate.go: SidecarConfig.validateImage",)
    good = (
        "sidecars: {nginx: {image: nginx}}",
        """
        sidecars: {nginx: {port: 80}}
        environments:
          prod: {sidecars: {nginx: {image: {build: ./nginx/Dockerfile}}}}
          '*': {sidecars: {nginx: {image: nginx}}}
        type: Static Site
        """,
        """
        sidecars: {datadog: {image: datadog/agent}}
        environments:
          prod: {sidecars: {dotadog: {variables: {A: b}}}}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
            # ^^^^^ SL102
                port: 80
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        missing = [sidecar for sidecar in manifest.sidecars if sidecar.section.get("image") is None]
        found = misspelt_overrides(manifest, "sidecars", needed="image") if missing else ()
        misspelt = {each.key.text for each in found}  # of these SL702 says what is wrong
        for sidecar in missing:
            if sidecar.key and sidecar.name not in misspelt:
                message = f"sidecar {sidecar.name!r} has no image"
                help_ = "write image: with a reference, or with build: and a Dockerfile"
                follows_from = lost(manifest, "sidecars", sidecar.name, "image")
                yield self.finding(sidecar.key, message, help=help_, follows_from=follows_from)
