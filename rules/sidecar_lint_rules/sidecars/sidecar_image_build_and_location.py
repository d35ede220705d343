from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Container, Finding, Manifest, Mapping, Related, Rule, Scalar, Severity, Stage


class SidecarImageBuildAndLocation(Rule):
    """A sidecar's `image` has both `build` and `location`, or neither.

    An image is either built from a Dockerfile or taken from a registry. Written as a map, `image`
    must have exactly one of the two; an empty `build` counts as none. An environment adds to the
    map of the base: `location` there does not remove the `build` here.
    """

    code, name = "SL103", "sidecar-image-build-and-location"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: exactly one of build and location must be there"
    sources = ("internal/pkg/manifest/validate.go: ImageLocationOrBuild.validate",)
    good = (
        "sidecars: {nginx: {image: {build: nginx/Dockerfile}}}",
        "sidecars: {nginx: {image: {location: nginx, build: ''}}}",
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image:
                  build: nginx/Dockerfile
                  location: nginx
            #     ^^^^^^^^ SL103
              envoy:
                image: {build: ''}
            #                  ^^ SL103
            """
        ),
    )

    def check_sidecar(self, sidecar: Container, _: Manifest) -> Iterator[Finding]:
        image = sidecar.section.get("image")
        if isinstance(image, Mapping):
            yield from self._check(image)

    def _check(self, image: Mapping) -> Iterator[Finding]:
        build, location = image.get("build"), image.get("location")
        if build is None:
            return  # neither of them makes a map that is no image at all: empty-field
        if isinstance(build, Scalar) and not build.text:
            if location is None:
                yield self.finding(
                    build, "build is empty, and there is no location", help="name a Dockerfile"
                )
        elif location is not None and location.key is not None:
            other = (Related(build.place, "and this is to be built"),)
            message = "image has both build and location"
            yield self.finding(location.key, message, help="keep one of the two", related=other)
