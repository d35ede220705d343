from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Mapping, Related, Rule, Scalar, Severity, Stage, Volume


class UnpermittedWrite(Rule):
    """A sidecar may write to a volume that the task has no permission to write to.

    For a file system of your own, Copilot gives the task the permission to write only if the volume
    itself says `read_only: false`. What a sidecar's mount point says makes the mount writable and
    changes nothing about the permission, which counts as soon as the file system is mounted with
    IAM and has a policy.
    """

    code, name = "SL321", "unpermitted-write"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = (
        "the task role gets no elasticfilesystem:ClientWrite; the file system may refuse to be written to"
    )
    sources = ("internal/pkg/template/templates/workloads/partials/cf/taskrole.yml",)
    good = (
        """
        storage: {volumes: {data: {path: /data, read_only: false, efs: {id: fs-01234567, auth: {iam: true}}}}}
        sidecars:
          sync: {image: sync, mount_points: [{source_volume: data, path: /data, read_only: false}]}
        """,
        """
        storage: {volumes: {data: {path: /data, efs: true}}}
        sidecars:
          sync: {image: sync, mount_points: [{source_volume: data, path: /data, read_only: false}]}
        """,
    )
    bad = (
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs: {id: fs-0123456789abcdef0, auth: {iam: true}}
            sidecars:
              sync:
                image: sync
                mount_points:
                  - source_volume: data
                    path: /data
                    read_only: false
            #                  ^^^^^ SL321
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        read_only = {volume.name: volume for volume in manifest.task_volumes if _is_guarded(volume)}
        for sidecar in manifest.sidecars:
            for mount in sidecar.mount_points:
                wish, volume = mount.get("read_only"), read_only.get(_source(mount))
                if volume is None or not isinstance(wish, Scalar) or wish.as_bool is not False:
                    continue
                yield self.finding(
                    wish,
                    f"{sidecar.name!r} may write to {volume.name!r}, and the task role may not",
                    help=f"write `read_only: false` in `storage.volumes.{volume.name}` as well",
                    related=(Related(volume.key.span, "the volume is read-only"),),
                )


def _is_guarded(volume: Volume) -> bool:
    efs = volume.file_system
    return bool(volume.read_only and efs.id and efs.iam and efs.iam.as_bool)


def _source(mount: Mapping) -> str:
    node = mount.get("source_volume")
    return node.text if isinstance(node, Scalar) else ""
