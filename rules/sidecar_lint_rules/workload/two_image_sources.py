from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    STATIC_SITE,
    Bad,
    Document,
    Finding,
    Mapping,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    is_blank,
)


class TwoImageSources(Rule):
    """The workload's image has both `build` and `location`.

    An image is either built from a Dockerfile or taken from a registry. Copilot looks at this while
    it reads the file, so the slip in one environment stops every environment. An environment may
    well write the other one of the two: that replaces what the base says.
    """

    code, name = "SL051", "two-image-sources"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest in every environment: exactly one of the two must be there"
    sources = ("internal/pkg/manifest/workload.go: Image.UnmarshalYAML",)
    good = (
        "image: {location: nginx, build: '', port: 80}",
        """
        image: {build: ./Dockerfile, port: 80}
        environments: {prod: {image: {location: nginx}}}
        """,
    )
    bad = (
        Bad(
            """
            image:
              build: ./Dockerfile
              location: nginx
            # ^^^^^^^^ SL051
            """
        ),
        Bad(
            """
            image: {build: ./Dockerfile}
            environments:
              prod:
                image: {build: {context: .}, location: nginx}
            #                                ^^^^^^^^ SL051
            """
        ),
    )
    also_good = (
        """
        type: Static Site
        image: {location: nginx, build: Dockerfile}
        """,
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        if document.shape is None or document.kind == STATIC_SITE:
            return
        for half in (document.shape.root, *document.overrides.values()):
            image = half.get("image")
            if isinstance(image, Mapping):
                yield from self._check(image)

    def _check(self, image: Mapping) -> Iterator[Finding]:
        build, location = image.get("build"), image.get("location")
        if build is None or location is None or location.key is None or is_blank(build):
            return
        if isinstance(build, Scalar) and not build.known:
            return  # it may be empty
        other = (Related(build.place, "and this is to be built"),)
        message = "image has both build and location"
        yield self.finding(location.key, message, help="keep one of the two", related=other)
