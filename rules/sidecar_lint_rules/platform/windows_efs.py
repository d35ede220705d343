from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage
from sidecar_lint_rules.platform._windows import because_of_windows


class WindowsEfs(Rule):
    """A task on Windows has a volume on EFS.

    Fargate mounts EFS in Linux tasks only.
    """

    code, name = "SL403", "windows-efs"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: 'EFS' is not supported when deploying a Windows container"
    sources = ("internal/pkg/manifest/validate.go: validateWindows",)
    good = (
        "platform: windows/amd64\nstorage: {volumes: {data: {path: /data, efs: false}}}",
        "platform: linux/amd64\nstorage: {volumes: {data: {path: /data, efs: true}}}",
    )
    bad = (
        Bad(
            """
            platform: windows/amd64
            storage:
              volumes:
                data:
                  path: /data
                  efs: true
            #          ^^^^ SL403
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for volume in manifest.task_volumes if manifest.is_windows else ():
            if volume.has_file_system:
                yield self.finding(
                    volume.section.entries["efs"],
                    f"the volume {volume.name!r} is on EFS, which Windows cannot mount",
                    help="take `efs` out: the volume then goes with the task",
                    follows_from=because_of_windows(manifest),
                )
