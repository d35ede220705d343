from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, ImageReference, Manifest, Rule, Severity, Stage
from sidecar_lint_rules.platform._windows import because_of_windows


class WindowsWithLinuxImage(Rule):
    """A sidecar of a task on Windows has an image that exists for Linux only.

    All containers of a task run on one system. The X-Ray daemon, the AWS Distro for OpenTelemetry
    collector and App Mesh's Envoy are published for Linux.
    """

    code, name = "SL409", "windows-with-linux-image"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the image cannot be pulled on Windows, and the task does not start"
    sources = (
        "Copilot: Sidecars, X-Ray",
        "aws-observability/aws-otel-collector: cmd/awscollector/Dockerfile",
        "aws/aws-app-mesh-roadmap#486",
    )
    good = (
        "platform: linux/amd64\nsidecars: {xray: {image: public.ecr.aws/xray/aws-xray-daemon:3.x}}",
        "platform: windows/amd64\nsidecars: {agent: {image: public.ecr.aws/datadog/agent:7}}",
    )
    bad = (
        Bad(
            """
            platform: windows/amd64
            sidecars:
              xray:
                image: public.ecr.aws/xray/aws-xray-daemon:3.x
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL409
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for sidecar in manifest.sidecars if manifest.is_windows else ():
            image = sidecar.image
            if image is None or not image.known or not ImageReference(image.text).is_linux_only:
                continue
            kind = ImageReference(image.text).kind
            yield self.finding(
                image,
                f"the {kind} does not run on Windows",
                help="take the sidecar out",
                follows_from=because_of_windows(manifest),
            )
