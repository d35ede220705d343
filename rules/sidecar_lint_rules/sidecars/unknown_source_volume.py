from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Mapping, Rule, Scalar, Severity, Stage, closest


class UnknownSourceVolume(Rule):
    """A mount point's `source_volume` is no volume of this service.

    A sidecar can mount what `storage.volumes` declares for the same environment. Copilot does not
    compare the two, so the mistake comes back from ECS. A manifest that declares no volume at all
    may have its volumes added by a template in `overrides/`: then this is only information.
    """

    code, name = "SL110", "unknown-source-volume"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "ECS refuses the task definition: unknown volume"
    sources = ("internal/pkg/manifest/validate.go: SidecarMountPoint.validate", "AWS ECS API: MountPoint")
    good = (
        """
        storage: {volumes: {logs: {path: /logs}}}
        sidecars:
          nginx: {image: nginx, mount_points: [{source_volume: logs, path: /logs}]}
        """,
        """
        sidecars:
          nginx: {image: nginx, mount_points: [{source_volume: host, path: /logs}]}
        taskdef_overrides: [{path: 'Volumes[0].Name', value: host}]
        """,
    )
    bad = (
        Bad(
            """
            storage: {volumes: {logs: {path: /logs}}}
            sidecars:
              nginx:
                image: nginx
                mount_points:
                  - source_volume: log
            #                      ^^^ SL110
                    path: /logs
            """,
            fixed="source_volume: logs",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.overrides_task_definition("Volumes"):
            return
        for sidecar in manifest.sidecars:
            for mount in sidecar.mount_points:
                yield from self._check(mount, manifest.volumes)

    def _check(self, mount: Mapping, volumes: Mapping) -> Iterator[Finding]:
        volume = mount.get("source_volume")
        if not isinstance(volume, Scalar) or not volume.known or not volume.text:
            return
        if volume.text not in volumes.entries:
            names = ", ".join(volumes.entries)
            help_ = (
                f"the volumes are {names}"
                if names
                else "declare it under storage.volumes, if overrides/ does not"
            )
            nearest = closest(volume.text, volumes.entries)
            message = f"no volume is named {volume.text!r}"
            # Where the manifest declares none at all, overrides/ may well do it.
            severity = None if names else Severity.INFO
            help_ = "" if nearest else help_
            yield self.finding(volume, message, replace=nearest, help=help_, severity=severity)
