from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Container, Finding, Manifest, Rule, Severity, Stage, is_blank, lost_in


class MissingMountPath(Rule):
    """A mount point does not say where in the container it mounts the volume.

    Each entry of `mount_points` needs a `path`. The volume's own `path` is where the service's
    container has it; it is not a default for a sidecar. An empty text counts as missing.
    """

    code, name = "SL112", "missing-mount-path"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "path" must be specified'
    sources = ("internal/pkg/manifest/validate.go: MountPointOpts.validate",)
    good = (
        """
        storage: {volumes: {logs: {path: /logs}}}
        sidecars:
          nginx: {image: nginx, mount_points: [{source_volume: logs, path: /logs}]}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                mount_points:
                  - source_volume: logs
            #       ^^^^^^^^^^^^^^^^^^^ SL112
                  - source_volume: keys
                    path:
            #       ^^^^ SL112
            """
        ),
    )

    def check_sidecar(self, sidecar: Container, manifest: Manifest) -> Iterator[Finding]:
        for mount in sidecar.mount_points:
            if is_blank(mount.get("path")):
                follows_from = lost_in(manifest.document, mount, "path")
                place = mount.entries.get("path", mount)
                help_ = "write the path at which the sidecar is to see the volume"
                yield self.finding(
                    place,
                    "the mount point has no path",
                    help=help_,
                    follows_from=follows_from,
                )
