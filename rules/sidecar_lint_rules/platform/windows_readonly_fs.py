from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage
from sidecar_lint_rules.platform._windows import because_of_windows


class WindowsReadonlyFs(Rule):
    """A task on Windows has `storage.readonly_fs`.

    ECS can make the file system of Linux containers read-only, and of no others.
    """

    code, name = "SL404", "windows-readonly-fs"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: readonly_fs can not be set to 'true' for a Windows container"
    sources = ("internal/pkg/manifest/validate.go: validateWindows",)
    good = (
        "platform: windows/amd64\nstorage: {readonly_fs: false}",
        "platform: linux/amd64\nstorage: {readonly_fs: true}",
    )
    bad = (
        Bad(
            """
            platform: windows/amd64
            storage:
              readonly_fs: true
            #              ^^^^ SL404
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.scalar("storage", "readonly_fs")
        if manifest.is_windows and node and node.as_bool:
            yield self.finding(
                node,
                "a Windows container cannot have `readonly_fs`",
                help="take it out",
                follows_from=because_of_windows(manifest),
            )
