from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, Volume

_PATH: Final = r"[a-zA-Z0-9._/-]+"


class InvalidVolumePath(Rule):
    """The `path` of a volume has characters that Copilot does not allow.

    Letters from a to z in either case, digits, and `.`, `-`, `_`, `/` are all there is: no space, no
    `~`, no backslash, and no colon, so neither a Windows drive nor Docker's `host:container`.
    """

    code, name = "SL314", "invalid-volume-path"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: path can only contain the characters a-zA-Z0-9.-_/"
    sources = ("internal/pkg/manifest/validate.go: validateVolumePath",)
    in_schema = True
    good = ("storage: {volumes: {data: {path: /var/lib/data-1_2.d}}}",)
    bad = (
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /var/my data
            #           ^^^^^^^^^^^^ SL314
            """
        ),
        Bad(
            """
            storage:
              volumes:
                data:
                  path: ./data:/data
            #           ^^^^^^^^^^^^ SL314
            """
        ),
    )

    def check_volume(self, volume: Volume, _: Manifest) -> Iterator[Finding]:
        path = volume.path
        if path is None or not path.text or not path.known or re.fullmatch(_PATH, path.text):
            return
        odd = "".join(dict.fromkeys(each for each in path.text if not re.fullmatch(_PATH, each)))
        yield self.finding(
            path,
            f"{odd!r} cannot stand in the path of a volume",
            help="use letters, digits, `.`, `-`, `_` and `/`: the path inside the container, alone",
        )
