from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, nearest_image


class MisspeltImage(Rule):
    """An image is nearly one that is well known, and there is none of its name.

    Only Docker publishes images without a name before them (`nginx`), and only AWS and others publish under
    their own (`public.ecr.aws/aws-observability/…`). Whether a tag exists is not looked at.
    """

    code, name = "SL169", "misspelt-image"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the task cannot start: the image cannot be pulled"
    sources = (
        "Docker Hub: official images",
        "Amazon ECR Public Gallery: aws-observability, xray, cloudwatch-agent",
    )
    good = (
        """
        sidecars:
          one: {image: nginx}
          two: {image: public.ecr.aws/aws-observability/aws-sigv4-proxy}
          three: {image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/ngnix'}
          four: {image: example/ngnix}
          five: {image: '${IMAGE}'}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              proxy: {image: 'ngnix:1.27'}
            #                ^^^^^^^^^^^^ SL169
            logging:
              image: public.ecr.aws/aws-observability/aws-for-fluentbit:3.5.10
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL169
              destination: {Name: cloudwatch_logs, region: eu-west-1, log_group_name: a, log_stream_prefix: b}
            """,
            fixed="aws-for-fluent-bit:3.5.10",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for container in manifest.containers.values():
            image, reference = container.image, container.image_reference
            meant = nearest_image(reference) if image is not None and reference is not None else None
            if image is not None and reference is not None and meant:
                message = f"{reference.repository!r} is probably misspelt"
                replace = meant + image.text.removeprefix(reference.repository)
                yield self.finding(image, message, replace=replace)
