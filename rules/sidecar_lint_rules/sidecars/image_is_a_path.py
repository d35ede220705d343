from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Edit, Finding, Fix, Manifest, Rule, Scalar, Severity, Stage, is_path, quoted


class ImageIsAPath(Rule):
    """An image is a path of this repository where the reference of a registry belongs.

    `image: ./nginx/Dockerfile` builds nothing: Copilot hands the text to ECS, which cannot pull an
    image of that name. To have an image built, write the Dockerfile under `image.build`.
    """

    code, name = "SL104", "image-is-a-path"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "nothing is built, and the task cannot start: there is no image of that name to pull"
    sources = ("internal/pkg/manifest/workload_ecs.go: SidecarConfig.ImageURI",)
    good = (
        "sidecars: {nginx: {image: nginx/nginx-dockerfile}}",
        "sidecars: {nginx: {image: {build: ./nginx/Dockerfile}}}",
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: ./nginx/Dockerfile
            #          ^^^^^^^^^^^^^^^^^^ SL104
            """,
            fixed="image: {build: ./nginx/Dockerfile}",
        ),
        Bad(
            """
            sidecars:
              nginx: {image: {location: nginx/Dockerfile}}
            #                           ^^^^^^^^^^^^^^^^ SL104
            """,
            fixed="image: {build: nginx/Dockerfile}",
        ),
    )
    also_bad = (
        Bad(
            """
            variables: {FILE: &file ./web/Dockerfile}
            #                       ^^^^^^^^^^^^^^^^ SL104
            sidecars: {web: {image: *file}}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for image in (container.image for container in manifest.described_containers):
            if image is None or not image.known or not is_path(image.text):
                continue
            message = f"image {image.text!r} is a path"
            help_ = "to have it built, write the path of its Dockerfile under image.build"
            yield self.finding(image, message, help=help_, fixes=_fixes(image))


def _fixes(image: Scalar) -> tuple[Fix, ...]:
    if image.key is None or not image.is_verbatim:
        return ()
    if "ockerfile" not in image.text:
        return ()  # a folder, perhaps: that would be build.context
    if image.key.text == "location":
        return (Fix("build it instead", (Edit(image.key.span, "build"),)),)
    return (Fix("build it instead", (Edit(image.span, f"{{build: {quoted(image.text, image.style)}}}"),)),)
