from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Document,
    Finding,
    Manifest,
    Mapping,
    Related,
    Rule,
    Scalar,
    Severity,
    Span,
    Stage,
)

_WITH_IMAGE = "Request-Driven Web Service"
_HELP = "write build with a Dockerfile's path, or location with a reference"


class MissingServiceImage(Rule):
    """The service's own image has neither `build` nor `location`, or has both.

    The container of the service is either built from a Dockerfile or started from an image that
    exists. In an environment, one replaces the other; in one place they cannot stand together. An
    empty `build` counts as none.
    """

    code, name = "SL108", "missing-service-image"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: exactly one of build and location must be there"
    sources = (
        "internal/pkg/manifest/workload.go: Image.UnmarshalYAML",
        "internal/pkg/manifest/validate.go: ImageLocationOrBuild.validate",
    )
    good = (
        "image: {build: Dockerfile, port: 80}",
        """
        image: {build: Dockerfile, port: 80}
        environments: {prod: {image: {location: nginx}}}
        """,
        "image: {location: '', build: ''}",
        "type: Static Site",
    )
    bad = (
        Bad(
            """
            image:
            ^^^^^ SL108
              port: 80
            """
        ),
        Bad(
            """
            image:
              build: Dockerfile
              location: nginx
            # ^^^^^^^^ SL108
            """
        ),
        Bad(
            """
            http: {path: /}
            name: api
            type: Load Balanced Web Service
            #     ^^^^^^^^^^^^^^^^^^^^^^^^^ SL108
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        root = document.shape.root if document.shape and document.kind != "Static Site" else None
        overrides = document.overrides.values()
        for section in (root, *overrides) if root is not None else ():
            image = section.get("image")
            location = image.get("location") if isinstance(image, Mapping) else None
            build = image.get("build") if isinstance(image, Mapping) else None
            if build is None or location is None or location.key is None or _is_empty(build):
                continue
            other = (Related(build.place, "and this is to be built"),)
            message = "image has both build and location"
            yield self.finding(location.key, message, help="keep one of the two", related=other)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        image = manifest.get("image")
        if not (manifest.is_ecs or manifest.kind == _WITH_IMAGE) or isinstance(image, Scalar):
            return
        build = manifest.get("image", "build")
        if (build is None or _is_empty(build)) and manifest.get("image", "location") is None:
            message = "image has neither build nor location" if image else "the service has no image"
            place = _place(manifest)
            if place is not None:
                yield self.finding(place, message, help=_HELP)


def _is_empty(build: object) -> bool:
    return isinstance(build, Scalar) and not build.text


def _place(manifest: Manifest) -> Span | None:
    """The key of `image`; where there is none, what says that there must be one."""
    key = manifest.root_key("image") or manifest.document.type
    return key.span if key else None
