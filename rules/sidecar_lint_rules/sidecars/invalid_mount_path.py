from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Container,
    Finding,
    Manifest,
    Rule,
    Severity,
    Stage,
    enumerated,
)

_PATH = r"[a-zA-Z0-9._/-]+"
_FORBIDDEN = r"[^a-zA-Z0-9._/-]"


class InvalidMountPath(Rule):
    """A mount point's path has a character that Copilot does not allow.

    Copilot guards against shell commands in paths and takes letters, digits, `.`, `-`, `_` and `/`
    only: no spaces, no backslashes, no colons.
    """

    code, name = "SL113", "invalid-mount-path"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: a path has the characters a-zA-Z0-9.-_/ only"
    sources = ("internal/pkg/manifest/validate.go: validateVolumePath",)
    good = (
        """
        sidecars:
          nginx:
            image: nginx
            mount_points:
              - {source_volume: a, path: /a-b/c_d.e}
              - {source_volume: b, path: '/b/${ROOT}'}
              - {source_volume: c, path: ''}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                mount_points:
                  - {source_volume: a, path: /my logs}
            #                                ^^^^^^^^ SL113
            """
        ),
    )

    def check_sidecar(self, sidecar: Container, _: Manifest) -> Iterator[Finding]:
        for path in (path for _, path in sidecar.mount_paths):
            if not re.fullmatch(_PATH, path.text):
                bad = enumerated(repr(char) for char in dict.fromkeys(re.findall(_FORBIDDEN, path.text)))
                message = f"path {path.text!r} has characters that Copilot does not allow: {bad}"
                yield self.finding(path, message, help="use letters, digits, '.', '-', '_' and '/'")
