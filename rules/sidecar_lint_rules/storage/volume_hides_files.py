from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    DATADOG_AGENT,
    Bad,
    Container,
    Finding,
    Manifest,
    NamedTuple,
    Rule,
    Scalar,
    Severity,
    Stage,
    Volume,
    are_containers_overridden,
    hidden_files,
)
from sidecar_lint_rules.storage._mounts import is_read_only

#: Where well-known images have what they need to start.
_KNOWN = {DATADOG_AGENT: ("/etc/datadog-agent", "/opt/datadog-agent")}


class _Mount(NamedTuple):
    """A volume in a container, and where."""

    container: Container
    volume: Volume
    path: Scalar
    writes: bool


class VolumeHidesFiles(Rule):
    """A volume is mounted over files that the image has there.

    A scratch volume is empty when the task starts, and a new file system on EFS is. What the image has
    at the path cannot be seen any longer, neither in this container nor in one that shares the volume:
    nginx then serves nothing. ECS copies the image's files into a scratch volume only where the
    Dockerfile declares the path with `VOLUME`. The rule looks at what `COPY` and `ADD` put there, and at
    well-known images. Where another container can write to the volume, it may be the one that fills
    it, and nothing is said.
    """

    code, name = "SL330", "volume-hides-files"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the container finds the empty volume instead of its files"
    sources = (
        "Amazon ECS developer guide: Use bind mounts with Amazon ECS",
        "aws/containers-roadmap#863",
    )
    good = (
        """
        image: {build: Dockerfile}
        storage: {volumes: {static: {path: /var/www/public, read_only: false}}}
        # file: Dockerfile
        FROM php
        WORKDIR /var/www
        COPY public public
        VOLUME /var/www/public
        """,
        """
        image: {build: Dockerfile}
        storage: {volumes: {uploads: {path: /srv/uploads, read_only: false}}}
        # file: Dockerfile
        FROM php
        WORKDIR /srv
        COPY public public
        """,
        """
        image: {build: Dockerfile}
        storage: {volumes: {static: {path: /var/www/public, read_only: false}}}
        sidecars:
          filler:
            image: example.com/assets:1
            mount_points: [{source_volume: static, path: /out, read_only: false}]
        # file: Dockerfile
        FROM php
        WORKDIR /var/www
        COPY public ./public
        """,
        """
        storage: {volumes: {config: {path: /config}}}
        sidecars:
          agent:
            image: public.ecr.aws/datadog/agent:7
            mount_points: [{source_volume: unknown, path: /etc/datadog-agent, read_only: false}, {path: /etc/datadog-agent}]
        """,
    )
    bad = (
        Bad(
            """
            image: {build: Dockerfile}
            storage:
              volumes:
                static:
                  path: /var/www/public
            #           ^^^^^^^^^^^^^^^ SL330
                  read_only: false
            # file: Dockerfile
            FROM php
            WORKDIR /var/www
            COPY public ./public
            """
        ),
        Bad(
            """
            storage: {volumes: {config: {path: /config}}}
            sidecars:
              agent:
                image: public.ecr.aws/datadog/agent:7
                mount_points:
                  - source_volume: config
                    path: /etc/datadog-agent
            #             ^^^^^^^^^^^^^^^^^^ SL330
                    read_only: false
            """
        ),
        Bad(
            """
            image: {build: Dockerfile}
            storage: {volumes: {static: {path: /var/www/public, read_only: false}}}
            #                                  ^^^^^^^^^^^^^^^ SL330
            sidecars:
              web:
                image: nginx:1.27
                mount_points: [{source_volume: static, path: /usr/share/nginx/html}]
              other:
                image: nginx:1.27
                mount_points: [{source_volume: static, path: /usr/share/nginx/html, read_only: true}]
            # file: Dockerfile
            FROM php
            WORKDIR /var/www
            COPY public ./public
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.task_volumes or are_containers_overridden(manifest, "MountPoints"):
            return
        mounts = list(_mounts(manifest))
        for mount in mounts:
            hidden = _hidden(manifest, mount) if mount.path.known else ""
            if hidden and not any(_fills(other, mount) for other in mounts):
                is_shared = any(_is_of_another(other, mount) for other in mounts)
                yield self._told(mount, hidden, is_shared=is_shared)

    def _told(self, mount: _Mount, hidden: str, *, is_shared: bool) -> Finding:
        name, path = mount.volume.name, mount.path.text.rstrip("/")
        message = f"the volume {name!r} hides {hidden}, which the image has"
        where = (
            "in the Dockerfile"
            if mount.container.image_reference is None
            else "in an image made from this one"
        )
        help_ = f"declare `VOLUME {path}` {where}: ECS then copies the files; or mount it elsewhere"
        if is_shared:
            help_ += ", and copy the files into it when the container starts"
        if mount.volume.is_scratch:
            return self.finding(mount.path, message, help=help_)
        effect = "the container finds the file system instead of its files, and that is empty at first"
        help_ = "mount the file system at a path of its own, or copy the files when the container starts"
        return self.finding(mount.path, message, effect=effect, help=help_, severity=Severity.INFO)


def _hidden(manifest: Manifest, mount: _Mount) -> str:
    reference, path = mount.container.image_reference, mount.path.text.rstrip("/")
    if reference is not None:
        return path if path in _KNOWN.get(reference.kind, ()) else ""
    return hidden_files(manifest, mount.container, path) if path.startswith("/") else ""


def _fills(other: _Mount, mount: _Mount) -> bool:
    """Whether another container may put files into the volume."""
    return other.writes and _is_of_another(other, mount)


def _is_of_another(other: _Mount, mount: _Mount) -> bool:
    """Whether another container has the same volume."""
    return other.volume.name == mount.volume.name and other.container is not mount.container


def _mounts(manifest: Manifest) -> Iterator[_Mount]:
    volumes = {volume.name: volume for volume in manifest.task_volumes}
    for volume in volumes.values():
        if volume.path is not None:
            yield _Mount(manifest.main, volume, volume.path, volume.read_only is not True)
    for sidecar in manifest.sidecars:
        for point in sidecar.mount_points:
            source, path = point.get("source_volume"), point.get("path")
            if isinstance(source, Scalar) and isinstance(path, Scalar) and source.text in volumes:
                yield _Mount(sidecar, volumes[source.text], path, not is_read_only(point))
