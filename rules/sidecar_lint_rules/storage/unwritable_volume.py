from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    Volume,
    are_containers_overridden,
    lost,
)
from sidecar_lint_rules.storage._mounts import is_read_only


class UnwritableVolume(Rule):
    """A volume that starts out empty is read-only for every container.

    A volume without `efs` is new with every task, and the file system that Copilot makes for `efs: true` is
    new with the service. Copilot mounts volumes read-only unless `read_only: false` is written, for the
    service's own container and for each mount point of a sidecar. Where nobody may write, the volume stays
    as it began. Of a file system that stays, nothing is said where `read_only: true` is written: an earlier
    deployment may have filled it.
    """

    code, name = "SL320", "unwritable-volume"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "writing there fails: Read-only file system"
    sources = ("aws/copilot-cli#2213", "internal/pkg/manifest/storage.go: MountPointOpts")
    good = (
        "storage: {volumes: {scratch: {path: /tmp, read_only: false}}}",
        "storage: {volumes: {data: {path: /data, efs: {id: fs-0123456789abcdef0}}}}",
        "storage: {volumes: {data: {path: /data, efs: true, read_only: true}}}",
        """
        storage: {volumes: {conf: {path: /etc/app}}}
        sidecars:
          writer:
            image: writer
            mount_points: [{source_volume: conf, path: /out, read_only: false}]
        """,
    )
    bad = (
        Bad(
            """
            storage:
              volumes:
                scratch:
            #   ^^^^^^^ SL320
                  path: /var/run/app
            """
        ),
        Bad(
            """
            storage:
              volumes:
                scratch:
                  path: /var/run/app
                  read_only: true
            #                ^^^^ SL320
            sidecars:
              nginx:
                image: nginx
                mount_points: [{source_volume: scratch, path: /var/run/app}]
            """,
            fixed="read_only: false",
        ),
        Bad(
            """
            storage:
              volumes:
                data: {path: /data, efs: true}
            #   ^^^^ SL320
            """
        ),
    )
    also_good = (
        """
        platform: windows/amd64
        storage: {volumes: {data: {path: /data, efs: true}}}
        """,
        "storage: {volumes: {socket: {path: /var/run/docker.sock}}}",
    )
    also_bad = (
        Bad(
            """
            storage: {volumes: {data: {path: /data}, other: {read_only: true}}}
            #                   ^^^^ SL320
            #                                                           ^^^^ SL320
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if are_containers_overridden(manifest, "MountPoints"):
            return
        written = _written(manifest)
        if written is None:
            return
        for volume in manifest.task_volumes:
            # A Docker socket and EFS on Windows are other mistakes, with rules of their own.
            is_socket = volume.path is not None and volume.path.text.endswith("/docker.sock")
            if is_socket or (volume.is_managed and manifest.is_windows):
                continue
            if _starts_empty(volume) and volume.read_only and volume.name not in written:
                yield self._unwritable(manifest, volume)

    def _unwritable(self, manifest: Manifest, volume: Volume) -> Finding:
        written = volume.section.get("read_only")
        kind = "managed" if volume.is_managed else "scratch"
        message = f"no container can write to the {kind} volume {volume.name!r}"
        help_ = "write `read_only: false` here"
        if _is_shared(manifest, volume):
            help_ += ", or in the mount point of the sidecar that writes"
        if volume.is_scratch:
            help_ += "; what is written to a scratch volume goes with its task"
        if written is None:
            because = lost(manifest, "storage", "volumes", volume.name, "read_only")
            return self.finding(volume.key.span, message, help=help_, follows_from=because)
        return self.finding(written, message, help=help_, replace="false")


def _is_shared(manifest: Manifest, volume: Volume) -> bool:
    """Whether a sidecar mounts it, too."""
    mounts = (mount for sidecar in manifest.sidecars for mount in sidecar.mount_points)
    sources = (mount.get("source_volume") for mount in mounts)
    return any(isinstance(source, Scalar) and source.text == volume.name for source in sources)


def _starts_empty(volume: Volume) -> bool:
    """Whether nothing can be on it that no container of the task has written."""
    return volume.is_scratch or (volume.is_managed and volume.section.get("read_only") is None)


def _written(manifest: Manifest) -> set[str] | None:
    """The volumes that sidecars write to, or may for all we know; None where it may be any."""
    mounts = (mount for sidecar in manifest.sidecars for mount in sidecar.mount_points)
    sources = (mount.get("source_volume") for mount in mounts if not is_read_only(mount))
    volumes = [source for source in sources if isinstance(source, Scalar)]
    return {volume.text for volume in volumes} if all(volume.known for volume in volumes) else None
