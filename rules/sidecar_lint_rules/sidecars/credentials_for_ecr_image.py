from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage


class CredentialsForEcrImage(Rule):
    """Registry credentials are given for an image of Amazon ECR.

    ECS pulls from ECR with the role that Copilot gives the task, which needs no secret; access to
    another account's repository is a matter of that repository's policy. The secret has to exist
    and be readable all the same, or the task does not start.
    """

    code, name = "SL144", "credentials-for-ecr-image"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "the credentials are not needed, and can only be in the way"
    sources = ("AWS: Private registry authentication for tasks", "aws/copilot-cli#2101")
    good = ("sidecars: {nginx: {image: x.io/nginx, credentialsParameter: login}}",)
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/nginx:1
                credentialsParameter: login
            #   ^^^^^^^^^^^^^^^^^^^^ SL144
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for container in manifest.described_containers:
            image, value = container.image_reference, container.credentials
            if image is None or value is None or value.key is None:
                continue
            if image.is_private_ecr or image.host == "public.ecr.aws":
                message = f"the image of {container.name!r} is in Amazon ECR, which needs no credentials"
                yield self.finding(value.key, message, help="remove the line")
