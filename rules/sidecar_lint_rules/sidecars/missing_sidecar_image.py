from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, closest


class MissingSidecarImage(Rule):
    """A sidecar has no image.

    Every sidecar needs an `image`: the reference of one that exists, or a map with `build`. Where
    only an environment knows the sidecar, its name is often a misspelt one of the base.
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
        Bad(
            """
            sidecars:
              datadog: {image: datadog/agent}
            environments:
              prod:
                sidecars:
                  dotadog: {variables: {A: b}}
            #     ^^^^^^^ SL102
            """,
            fixed="      datadog: {variables: {A: b}}",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        named = [sidecar.name for sidecar in manifest.sidecars if sidecar.section.get("image")]
        for sidecar in manifest.sidecars:
            if sidecar.section.get("image") is None and sidecar.key is not None:
                message = f"sidecar {sidecar.name!r} has no image"
                replace = closest(sidecar.name, named)
                choice = f"give it an image, or write `{replace}` if that is meant" if replace else ""
                help_ = choice or "write image: with a reference, or with build: and a Dockerfile"
                yield self.finding(sidecar.key, message, help=help_, replace=replace)
