from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage
from sidecar_lint_rules.platform._windows import because_of_windows

#: What Windows needs, and what Copilot takes where nothing is written.
_NEEDS: Final = (("cpu", 1024, 256), ("memory", 2048, 512))


class WindowsTaskTooSmall(Rule):
    """A task on Windows has less than 1024 CPU units or less than 2048 MiB of memory.

    Fargate runs Windows from one virtual CPU and 2 GiB upwards. Copilot does not look, and where
    `cpu` or `memory` is left out it takes 256 and 512, as for Linux.
    """

    code, name = "SL410", "windows-task-too-small"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: Fargate has no Windows task of that size"
    sources = (
        "AWS: Amazon ECS Developer Guide, Amazon ECS task definition parameters for Fargate, Task size",
        "internal/pkg/manifest/workload_ecs.go: MinWindowsTaskCPU, MinWindowsTaskMemory",
    )
    good = (
        "platform: windows/amd64\ncpu: 1024\nmemory: 2048",
        "platform: linux/amd64\ncpu: 256\nmemory: 512",
    )
    bad = (
        Bad(
            """
            platform: windows/amd64
            cpu: 256
            #    ^^^ SL410
            memory: 2048
            """,
            fixed="cpu: 1024",
        ),
        Bad(
            """
            platform: windows/amd64
            ^^^^^^^^ SL410
            cpu: 1024
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for name, least, default in _NEEDS if manifest.is_windows else ():
            node = manifest.get(name)
            if node is None:
                place = manifest.root_key("platform")
                message = f"`{name}` is left out: Copilot takes {default}, too little for Windows"
                yield self.finding(
                    place or manifest.root,
                    message,
                    help=f"add `{name}: {least}` or more",
                    follows_from=because_of_windows(manifest),
                )
                continue
            written = manifest.scalar(name)
            size = written.as_int if written else None
            if written is not None and size is not None and size < least:
                message = f"Windows needs a `{name}` of {least} or more, not {size}"
                yield self.finding(
                    written, message, replace=str(least), follows_from=because_of_windows(manifest)
                )
