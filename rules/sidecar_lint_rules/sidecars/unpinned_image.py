from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from sidecar_lint import (
    JOB,
    Bad,
    Container,
    Finding,
    Manifest,
    Option,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
)

_ON_EACH_RUN = "each run takes the image that has this tag by then"


class UnpinnedImage(Rule):
    """A sidecar's image has no tag, or the tag `latest`.

    ECS looks up once in a deployment which image a tag stands for, and since June 2024 all tasks of
    the service get that one until the next deployment. But a new image under the same tag is not a change
    to CloudFormation, so deploying again may deploy nothing; and when something else changes, the
    new image comes along with it. A Scheduled Job looks it up on each run.
    """

    code, name = "SL106", "unpinned-image"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "a deployment that changes nothing else keeps the old image, and the next one that does brings a newer one along"
    sources = ("Amazon ECS developer guide: Container image resolution", "aws/copilot-cli#5554")
    allow = Option(
        (),
        "images that may float: patterns such as `registry.example.com/*`",
        items={"type": "string", "maxLength": 256},
    )
    good = (
        "sidecars: {nginx: {image: 'nginx:1.27'}}",
        "sidecars: {nginx: {image: 'nginx@sha256:" + "0123456789abcdef" * 4 + "'}}",
        "sidecars: {nginx: {image: 'nginx:${TAG}'}}",
        """
        # file: .sidecar-lint.yml
        rules: {SL106: {allow: [registry.example.com/*]}}
        # file: copilot/api/manifest.yml
        sidecars: {proxy: {image: 'registry.example.com/proxy:latest'}}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx: {image: nginx}
            #                ^^^^^ SL106
              envoy: {image: 'localhost:5000/envoy:latest'}
            #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL106
            """
        ),
    )

    also_bad = (
        Bad(
            """
            environments:
              test: {sidecars: {nginx: {image: nginx}}}
            #                                  ^^^^^ SL106
              prod: {sidecars: {nginx: {image: nginx}}}
              demo: {sidecars: {nginx: {image: 'nginx:latest'}}}
            #                                  ^^^^^^^^^^^^^^ SL106
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for sidecar in manifest.sidecars:
            image, reference = sidecar.image, sidecar.image_reference
            if image is None or reference is None or not reference.is_valid or reference.digest:
                continue
            if reference.tag in ("", "latest") and not self._is_allowed(image.text):
                message = f"image {image.text!r} has {'the tag latest' if reference.tag else 'no tag'}"
                effect = _ON_EACH_RUN if manifest.kind == JOB else None
                first = _first(manifest, sidecar, image)
                yield self.finding(
                    first,
                    message,
                    help="name a version or a digest",
                    effect=effect,
                    related=() if first is image else (Related(image.place, "here, too"),),
                )

    def _is_allowed(self, image: str) -> bool:
        return any(fnmatchcase(image, pattern) for pattern in self.allow)


def _first(manifest: Manifest, sidecar: Container, image: Scalar) -> Scalar:
    """Where the file first gives the sidecar this image: what environments repeat is one mistake."""
    own = [each.containers.get(sidecar.name) for each in manifest.siblings]
    images = [each.image for each in own if each is not None and each.is_sidecar]
    alike = [each for each in images if each is not None and each.text == image.text]
    return min((image, *alike), key=lambda each: each.span.start)
