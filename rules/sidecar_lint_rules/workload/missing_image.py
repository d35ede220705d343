from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import STATIC_SITE, Bad, Finding, Manifest, Mapping, Rule, Severity, Stage, is_blank, lost


class MissingImage(Rule):
    """The workload's own container has no image.

    Copilot needs to know what to run: `image.build` with a Dockerfile that it builds, or
    `image.location` with the reference of an image that exists. An empty `build` counts as none.
    Only a Static Site has no image.
    """

    code, name = "SL050", "missing-image"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: there is nothing to run"
    sources = ("internal/pkg/manifest/validate.go: ImageLocationOrBuild.validate",)
    good = (
        "image: {build: ./Dockerfile, port: 80}",
        "image: {location: '${IMAGE}', port: 80}",
        "image: {build: {context: .}}",
        "type: Static Site",
    )
    bad = (
        Bad(
            """
            type: Worker Service
            ^^^^ SL050
            cpu: 256
            """
        ),
        Bad(
            """
            image:
            ^^^^^ SL050
              port: 80
            """
        ),
        Bad(
            """
            image:
              build: ''
            #        ^^ SL050
              port: 80
            """
        ),
    )

    also_bad = (
        Bad(
            """
            type: Load Balanced Web Service
            ^^^^ SL050
            environments:
              prod: {image: {build: Dockerfile, port: 80}, http: {path: /}}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        image = manifest.get("image") or manifest.mapping("image")
        if manifest.kind == STATIC_SITE or not isinstance(image, Mapping):
            return
        if not is_blank(image.get("build")) or image.get("location") is not None:
            return
        place = image.get("build") or manifest.root_key("image") or manifest.root_key("type")
        fields = ("build", "location")
        follows_from = [cause for field in fields for cause in lost(manifest, "image", field)]
        help_ = "write image.build: and a Dockerfile, or image.location: and the image to use"
        if manifest.is_base and any(_has_image(sibling) for sibling in manifest.siblings):
            help_ += ", outside of `environments`, if the workload is meant for others than those named"
        yield self.finding(
            place or manifest.root, "the workload has no image", help=help_, follows_from=follows_from
        )


def _has_image(manifest: Manifest) -> bool:
    image = manifest.mapping("image")
    return not is_blank(image.get("build")) or image.get("location") is not None
