from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage
from sidecar_lint_rules.platform._windows import because_of_windows

_DEFAULT: Final = 20


class WindowsEphemeral(Rule):
    """A task on Windows has a `storage.ephemeral` of its own.

    AWS's pages do not agree about it: the developer guide counts ephemeral storage among what
    Windows tasks on Fargate cannot have, the API reference does not. Copilot does not look.
    """

    code, name = "SL412", "windows-ephemeral"
    severity, stage = Severity.INFO, Stage.DEPLOY
    effect = "ECS may refuse the task definition"
    sources = (
        "AWS: Amazon ECS Developer Guide, Fargate task ephemeral storage",
        "aws/containers-roadmap#1598",
    )
    good = (
        "platform: windows/amd64\nstorage: {ephemeral: 20}",
        "platform: linux/amd64\nstorage: {ephemeral: 100}",
    )
    bad = (
        Bad(
            """
            platform: windows/amd64
            storage:
              ephemeral: 100
            #            ^^^ SL412
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.scalar("storage", "ephemeral")
        size = node.as_int if node else None
        if node is not None and size is not None and size > _DEFAULT and manifest.is_windows:
            message = "larger ephemeral storage may not be available on Windows"
            yield self.finding(
                node,
                message,
                help="try it in a test environment first",
                follows_from=because_of_windows(manifest),
            )
