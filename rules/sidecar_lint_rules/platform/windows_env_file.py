from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage
from sidecar_lint_rules.platform._windows import because_of_windows


class WindowsEnvFile(Rule):
    """A container on Windows has an `env_file`.

    ECS reads environment files for Linux containers only.
    """

    code, name = "SL408", "windows-env-file"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: PlatformTaskDefinitionIncompatibilityException"
    sources = (
        "AWS: Amazon ECS Developer Guide, Pass environment variables to an Amazon ECS container",
        "aws/containers-roadmap#1626",
    )
    good = (
        "platform: windows/amd64\nvariables: {LOG_LEVEL: info}",
        "platform: linux/amd64\nenv_file: api.env",
    )
    bad = (
        Bad(
            """
            platform: windows/amd64
            env_file: api.env
            #         ^^^^^^^ SL408
            sidecars:
              proxy:
                image: proxy
                env_file: proxy.env
            #             ^^^^^^^^^ SL408
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for path in manifest.env_files if manifest.is_windows else ():
            message = "Windows containers cannot have an environment file"
            yield self.finding(
                path,
                message,
                help="write the variables under `variables`",
                follows_from=because_of_windows(manifest),
            )
