from __future__ import annotations

from collections.abc import Collection, Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    closest,
    deployed_volumes,
    enumerated,
    is_container_overridden,
    lost,
)
from sidecar_lint_rules.sidecars._misspelt import Names, volume_names


class UnknownSourceVolume(Rule):
    """A mount point's `source_volume` is not a volume of this service.

    A sidecar can mount what `storage.volumes` declares for the same environment. Copilot does not
    compare the two, so the mistake comes back from ECS. Volumes that patches in `overrides/` add
    count as well, and a CDK application there may add any. Where nothing is known of the folder
    around it, a manifest that declares no volume at all gets only information.
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
        taskdef_overrides: [{path: 'Volumes[-].Name', value: host}]
        """,
        """
        sidecars:
          nginx: {image: nginx, mount_points: [{source_volume: tmp, path: /tmp}]}
        # file: copilot/api/overrides/cfn.patches.yml
        - op: add
          path: /Resources/TaskDefinition/Properties/Volumes
          value: [{Name: tmp}]
        """,
        """
        sidecars:
          nginx: {image: nginx, mount_points: [{source_volume: tmp, path: /tmp}]}
        # file: copilot/api/overrides/cdk.json
        {"app": "npx ts-node bin/override.ts"}
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
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                mount_points: [{source_volume: temp, path: /tmp}]
            #                                  ^^^^ SL110
            # file: copilot/api/overrides/cfn.patches.yml
            - op: add
              path: /Resources/TaskDefinition/Properties/Volumes
              value: [{Name: temp-fs}]
            """,
            fixed="source_volume: temp-fs",
        ),
    )
    also_bad = (
        Bad(
            """
            sidecars: {nginx: {image: nginx, mount_points: [{source_volume: log, path: /logs}]}}
            #                                                               ^^^ SL110
            # file: copilot/web/manifest.yml
            name: web
            type: Backend Service
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        deployed = deployed_volumes(manifest)
        if deployed is None:
            return
        volumes = dict.fromkeys(sorted(deployed))
        defined = volume_names(manifest)
        for sidecar in manifest.sidecars:
            if is_container_overridden(manifest, sidecar.name, "MountPoints"):
                continue
            for mount in sidecar.mount_points:
                volume = mount.get("source_volume")
                if isinstance(volume, Scalar) and volume.known and volume.text and volume.text not in volumes:
                    yield self._unknown(manifest, volume, volumes, defined)

    def _unknown(
        self, manifest: Manifest, volume: Scalar, volumes: Collection[str], defined: Names
    ) -> Finding:
        surely = manifest.workload is not None
        nearest = closest(volume.text, volumes)
        help_ = _DECLARE if surely else f"{_DECLARE}, if overrides/ does not"
        if volumes:
            help_ = "" if nearest else f"the volumes are {enumerated(volumes)}"
        severity = None if volumes or surely else Severity.INFO
        message = f"no volume is named {volume.text!r}"
        if misspelt := defined.misspelt(volume.text):
            return misspelt.finding(self, volume, message)
        return self.finding(
            volume,
            message,
            replace=nearest,
            help=help_,
            severity=severity,
            follows_from=[
                *lost(manifest, "storage", "volumes", volume.text),
                *_invalid(manifest, nearest),
            ],
        )


def _invalid(manifest: Manifest, nearest: str | None) -> list[tuple[str, Scalar]]:
    """The name that is nearly the one looked for, where it is none that a volume can have."""
    volume = manifest.volumes.entries.get(nearest or "")
    return [("SL316", volume.key)] if volume is not None and volume.key is not None else []


#: Where nothing else is known, overrides/ may well do it.
_DECLARE = "declare it under storage.volumes, with the `path` at which the service's own container has it"
