from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Container, Finding, Manifest, Rule, Severity, Stage


class EmptyImage(Rule):
    """The image of a sidecar or of the log router is an empty text.

    Copilot takes it for an image and writes a container without one into the template.
    """

    code, name = "SL107", "empty-image"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the container: it has no image"
    sources = (
        "internal/pkg/manifest/validate.go: SidecarConfig.validateImage",
        "AWS::ECS::TaskDefinition ContainerDefinition",
    )
    good = ("sidecars: {nginx: {image: nginx}}", "sidecars: {nginx: {image: '${NGINX}'}}")
    bad = (
        Bad(
            """
            sidecars:
              nginx: {image: ''}
            #                ^^ SL107
              envoy: {image: {location: ""}}
            #                           ^^ SL107
            logging: {image: ''}
            #                ^^ SL107
            """
        ),
    )

    def check_container(self, container: Container, _: Manifest) -> Iterator[Finding]:
        image = None if container.is_main else container.image
        if image is not None and not image.text:
            message = f"the image of {container.name!r} is empty"
            yield self.finding(image, message, help="name an image")
