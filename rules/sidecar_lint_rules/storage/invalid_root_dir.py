from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, Volume

_PATH: Final = r"[a-zA-Z0-9._/-]*"


class InvalidRootDir(Rule):
    """The `root_dir` of an `efs` has characters that Copilot does not allow.

    Letters from a to z in either case, digits, and `.`, `-`, `_`, `/` are all there is.
    """

    code, name = "SL315", "invalid-root-dir"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: path can only contain the characters a-zA-Z0-9.-_/"
    sources = ("internal/pkg/manifest/validate.go: EFSVolumeConfiguration.validate",)
    in_schema = True
    good = ("storage: {volumes: {data: {path: /data, efs: {id: fs-0123456789abcdef0, root_dir: /a_b}}}}",)
    bad = (
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs:
                    id: fs-0123456789abcdef0
                    root_dir: /my data
            #                 ^^^^^^^^ SL315
            """
        ),
    )
    also_good = ("storage: {volumes: {data: {path: /data, efs: {id: fs-0123456789abcdef0}}}}",)

    def check_volume(self, volume: Volume, _: Manifest) -> Iterator[Finding]:
        root = volume.file_system.root_dir
        # With an access point Copilot looks at nothing but whether it is `/`.
        if root is None or not root.known or volume.file_system.access_point is not None:
            return
        if not re.fullmatch(_PATH, root.text):
            odd = "".join(dict.fromkeys(each for each in root.text if not re.fullmatch(_PATH, each)))
            yield self.finding(
                root,
                f"{odd!r} cannot stand in `root_dir`",
                help="use letters, digits, `.`, `-`, `_` and `/`",
            )
