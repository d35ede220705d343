from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, Volume
from sidecar_lint_rules.generated._texts import judged

_NAME: Final = r"[A-Za-z0-9_-]{1,255}"


class InvalidVolumeName(Rule):
    """The name of a volume is none that ECS allows.

    Copilot takes any name. ECS wants letters, digits, hyphens and underscores, at most 255 of them,
    and says so when the task definition is registered.
    """

    code, name = "SL316", "invalid-volume-name"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: ECS refuses the task definition"
    sources = ("AWS: Amazon ECS API Reference, Volume",)
    in_schema = True
    good = ("storage: {volumes: {my-data_1: {path: /data}}}",)
    bad = (
        Bad(
            """
            storage:
              volumes:
                my data: {path: /data}
            #   ^^^^^^^ SL316
            """
        ),
        Bad(
            """
            storage:
              volumes:
                data.v2: {path: /data}
            #   ^^^^^^^ SL316
            """
        ),
    )

    def check_volume(self, volume: Volume, manifest: Manifest) -> Iterator[Finding]:
        if not re.fullmatch(_NAME, volume.name):
            help_ = "use letters, digits, `-` and `_`, here and in `mount_points`"
            message = f"{volume.name!r} is not a name for a volume"
            yield judged(manifest, self.finding(volume.key.span, message, help=help_), volume.name)
