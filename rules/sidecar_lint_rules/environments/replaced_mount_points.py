from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Node,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    as_mapping,
    enumerated,
    maps_of,
)


class ReplacedMountPoints(Rule):
    """The mount points of an environment replace those of the base.

    Copilot merges maps and replaces lists. A `mount_points` in an environment is the whole list: a
    volume that the base mounts in the sidecar is not mounted there unless the environment says so
    again.
    """

    code, name = "SL706", "replaced-mount-points"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "the sidecar does not mount them in this environment"
    sources = ("internal/pkg/manifest/transform.go, mergo: slices are replaced", "aws/copilot-cli#3346")
    good = (
        """
        sidecars:
          nginx:
            image: nginx
            mount_points: [{source_volume: data, path: /data}]
        environments:
          test: {sidecars: {nginx: {mount_points: [{source_volume: data, path: /srv}]}}}
          prod: {sidecars: {nginx: {mount_points: []}}}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                mount_points: [{source_volume: data, path: /data}]
            environments:
              prod:
                sidecars:
                  nginx:
                    mount_points: [{source_volume: cache, path: /cache}]
            #       ^^^^^^^^^^^^ SL706
            """
        ),
    )

    also_good = (
        """
        sidecars:
          nginx:
            image: nginx
            mount_points: [{source_volume: '${COPILOT_ENVIRONMENT_NAME}-data', path: /data}]
        environments:
          test: {sidecars: {nginx: {mount_points: [{source_volume: '${COPILOT_ENVIRONMENT_NAME}-data', path: /srv}]}}}
          prod: {cpu: 512}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.is_base or not manifest.is_ecs:
            return
        for key, sidecar in as_mapping(manifest.override.get("sidecars")):
            place = as_mapping(sidecar).get("mount_points")
            if place is None or place.key is None or not maps_of(place):
                continue
            # As both are written: where the environment's name is filled in, no name is that of the base.
            mounted = {volume.text for volume in _mounted(place)}
            before = _mounted(manifest.base.get("sidecars", key.text, "mount_points"))
            lost = [volume for volume in before if volume.text not in mounted]
            if lost:
                names = enumerated(volume.text for volume in lost)
                related = tuple(Related(volume.span, "mounted in the base") for volume in lost)
                message = f"this replaces the mount points of the base: {names}"
                yield self.finding(place.key, message, help="repeat them if they are needed", related=related)


def _mounted(mount_points: Node | None) -> list[Scalar]:
    volumes = (mount.get("source_volume") for mount in maps_of(mount_points))
    return [volume for volume in volumes if isinstance(volume, Scalar)]
