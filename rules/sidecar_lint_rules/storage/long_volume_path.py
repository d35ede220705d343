from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, Volume

_LIMIT: Final = 242


class LongVolumePath(Rule):
    """The `path` of a volume has 242 characters or more.

    Copilot's documentation gives that limit, and Copilot does not check it.
    """

    code, name = "SL318", "long-volume-path"
    severity, stage = Severity.WARNING, Stage.DEPLOY
    effect = "the deployment may fail: the path is past the documented limit"
    sources = ("Copilot: Load Balanced Web Service manifest, storage",)
    good = ("storage: {volumes: {data: {path: /data}}}",)
    bad = (
        Bad(
            f"""
            storage:
              volumes:
                data:
                  path: /{"x" * 241}
            #           {"^" * 242} SL318
            """
        ),
    )

    def check_volume(self, volume: Volume, _: Manifest) -> Iterator[Finding]:
        path = volume.path
        if path and path.known and len(path.text) >= _LIMIT:
            yield self.finding(
                path,
                f"the path has {len(path.text)} characters",
                help=f"use a path of fewer than {_LIMIT} characters",
            )
