from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import BACKEND, LOAD_BALANCED, WORKER, Bad, Finding, Manifest, Rule, Severity, Stage
from sidecar_lint_rules.platform._windows import because_of_windows

_TRACED: Final = (LOAD_BALANCED, BACKEND, WORKER)


class WindowsTracing(Rule):
    """A service on Windows has `observability.tracing`.

    Copilot then adds the AWS Distro for OpenTelemetry collector as a container, and its image exists
    for Linux only.
    """

    code, name = "SL407", "windows-tracing"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector's image cannot be pulled on Windows, and no task of the service starts"
    sources = (
        "Copilot: Load Balanced Web Service manifest, observability",
        "aws-observability/aws-otel-collector: cmd/awscollector/Dockerfile",
    )
    good = (
        "platform: linux/amd64\nobservability: {tracing: awsxray}",
        "platform: windows/amd64\nobservability: {container_insights: true}",
    )
    bad = (
        Bad(
            """
            platform: windows/amd64
            observability:
              tracing: awsxray
            #          ^^^^^^^ SL407
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.scalar("observability", "tracing")
        if manifest.is_windows and manifest.kind in _TRACED and node and node.text.lower() == "awsxray":
            message = "the tracing container does not run on Windows"
            yield self.finding(
                node,
                message,
                help="take `tracing` out, and send traces from the application itself",
                follows_from=because_of_windows(manifest),
            )
