from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage

_LEAST: Final = 20
_MOST: Final = 200


class EphemeralOutOfRange(Rule):
    """`storage.ephemeral` is not between 20 and 200.

    It is the disk space of a task in GiB. Every task has 20, and Fargate gives at most 200. What
    follows a decimal point is cut off: 20.9 is 20.
    """

    code, name = "SL301", "ephemeral-out-of-range"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: ephemeral storage must be between 20 GiB and 200 GiB"
    sources = ("internal/pkg/manifest/validate.go: Storage.validate",)
    in_schema = True
    good = ("storage: {ephemeral: 20}", "storage: {ephemeral: 200}", "storage: {ephemeral: 20.5}")
    bad = (
        Bad(
            """
            storage:
              ephemeral: 10
            #            ^^ SL301
            """,
            fixed="ephemeral: 20",
        ),
        Bad(
            """
            storage:
              ephemeral: 100
            environments:
              prod:
                storage: {ephemeral: 250}
            #                        ^^^ SL301
            """,
            fixed="ephemeral: 200",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.scalar("storage", "ephemeral") if manifest.is_ecs else None
        size = node.as_int if node else None
        if node is None or size is None or _LEAST <= size <= _MOST:
            return
        nearest = _LEAST if size < _LEAST else _MOST
        message = f"ephemeral storage is from {_LEAST} to {_MOST} GiB, not {size}"
        yield self.finding(node, message, replace=str(nearest))
