from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Mapping, Rule, Scalar, Severity, Stage, Volume


class UnwritableVolume(Rule):
    """A scratch volume is read-only for every container.

    A volume without `efs` starts out empty and goes with the task. Copilot mounts volumes read-only
    unless `read_only: false` is written, for the service's own container and for each mount point of
    a sidecar. Where nobody may write, the volume stays as it began.
    """

    code, name = "SL320", "unwritable-volume"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "writing there fails: Read-only file system"
    sources = ("aws/copilot-cli#2213", "internal/pkg/manifest/storage.go: MountPointOpts")
    good = (
        "storage: {volumes: {scratch: {path: /tmp, read_only: false}}}",
        "storage: {volumes: {data: {path: /data, efs: {id: fs-0123456789abcdef0}}}}",
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
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.overrides_template("MountPoints"):
            return
        for volume in manifest.task_volumes:
            # A Docker socket is another mistake, with a rule of its own.
            if volume.path and volume.path.text.endswith("/docker.sock"):
                continue
            if volume.is_scratch and volume.read_only and not _may_write(manifest, volume):
                yield self._unwritable(volume)

    def _unwritable(self, volume: Volume) -> Finding:
        written = volume.section.get("read_only")
        message = f"no container can write to the scratch volume {volume.name!r}"
        help_ = "write `read_only: false` here, or in the mount point of the sidecar that writes"
        if written is None:
            return self.finding(volume.key.span, message, help=help_)
        return self.finding(written, message, help=help_, replace="false")


def _may_write(manifest: Manifest, volume: Volume) -> bool:
    """Whether a sidecar writes to it, or may for all we know."""
    mounts = [mount for sidecar in manifest.sidecars for mount in sidecar.mount_points]
    return any(_is_mount_of(volume, mount) and not _is_read_only(mount) for mount in mounts)


def _is_mount_of(volume: Volume, mount: Mapping) -> bool:
    source = mount.get("source_volume")
    return isinstance(source, Scalar) and (source.text == volume.name or not source.known)


def _is_read_only(mount: Mapping) -> bool:
    node = mount.get("read_only")
    return node is None or (isinstance(node, Scalar) and node.as_bool is True)
