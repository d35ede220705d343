from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage
from sidecar_lint_rules.platform._windows import because_of_windows


class WindowsFirelens(Rule):
    """A task on Windows sends its logs through FireLens.

    Any field of `logging` other than `retention` makes Copilot add a log router. Copilot does so on
    Windows too, where ECS does not support FireLens; the router's usual image is for Linux, and the
    container is essential.
    """

    code, name = "SL406", "windows-firelens"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the log router cannot run, and without it no task of the service starts"
    sources = (
        "AWS: Amazon ECS Developer Guide, Send Amazon ECS logs to an AWS service or AWS Partner",
        "AWS: Amazon ECS Developer Guide, Task definition differences for EC2 instances running Windows",
    )
    good = (
        "platform: windows/amd64\nlogging: {retention: 30}",
        "platform: linux/amd64\nlogging: {destination: {Name: cloudwatch}}",
    )
    bad = (
        Bad(
            """
            platform: {osfamily: windows_server_2022_core, architecture: x86_64}
            logging:
            ^^^^^^^ SL406
              retention: 30
              destination: {Name: cloudwatch, region: us-east-1}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        key = manifest.root_key("logging")
        if manifest.is_windows and manifest.firelens and key:
            yield self.finding(
                key.span,
                "FireLens does not run on Windows",
                help="keep `logging.retention` alone: logs then go to CloudWatch Logs",
                follows_from=because_of_windows(manifest),
            )
