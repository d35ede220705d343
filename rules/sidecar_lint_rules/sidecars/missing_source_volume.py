from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Rule,
    Severity,
    Stage,
    enumerated,
    is_blank,
    lost_in,
)

_DECLARE = "declare a volume under storage.volumes, and write source_volume: and its name"


class MissingSourceVolume(Rule):
    """A mount point does not say what it mounts.

    Each entry of `mount_points` needs `source_volume`, the name of a volume under
    `storage.volumes`. An empty text counts as missing.
    """

    code, name = "SL111", "missing-source-volume"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "source_volume" must be specified'
    sources = ("internal/pkg/manifest/validate.go: SidecarMountPoint.validate",)
    good = (
        """
        storage: {volumes: {logs: {path: /logs}}}
        sidecars:
          nginx: {image: nginx, mount_points: [{source_volume: logs, path: /logs}, ~]}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                mount_points:
                  - path: /logs
            #       ^^^^^^^^^^^ SL111
                  - {path: /keys, source_volume: ''}
            #                                    ^^ SL111
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for sidecar in manifest.sidecars:
            for mount in sidecar.mount_points:
                if is_blank(mount.get("source_volume")):
                    place = mount.entries.get("source_volume", mount)
                    names = enumerated(manifest.volumes.entries)
                    help_ = f"write source_volume: and one of {names}" if names else _DECLARE
                    yield self.finding(
                        place,
                        "the mount point has no source_volume",
                        help=help_,
                        follows_from=lost_in(manifest.document, mount, "source_volume"),
                    )
