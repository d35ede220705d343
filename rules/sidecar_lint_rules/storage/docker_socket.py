from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage, is_overridden

_LAUNCH_TYPES = ("Resources", "TaskDefinition", "Properties", "RequiresCompatibilities")


class DockerSocket(Rule):
    """A mount is meant to bring the Docker socket into a container.

    Copilot runs tasks on Fargate, where no Docker daemon is to be seen, and a volume has no place on
    a host to come from. What appears at the path is an empty directory. Only a service that is moved off
    Fargate with overrides can have the socket.
    """

    code, name = "SL324", "docker-socket"
    severity, stage = Severity.INFO, Stage.TASK
    effect = "the container finds an empty directory where it looks for the Docker socket"
    sources = ("AWS: Amazon ECS Developer Guide, Bind mounts", "aws/copilot-cli#3524")
    good = ("storage: {volumes: {run: {path: /var/run/app, read_only: false}}}",)
    bad = (
        Bad(
            """
            storage:
              volumes:
                docker: {path: /var/run/docker.sock}
            #                  ^^^^^^^^^^^^^^^^^^^^ SL324
            sidecars:
              agent:
                image: datadog/agent
                mount_points:
                  - source_volume: docker
                    path: /var/run/docker.sock
            #             ^^^^^^^^^^^^^^^^^^^^ SL324
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if is_overridden(manifest, *_LAUNCH_TYPES):
            return  # it may not run on Fargate
        for path in _paths(manifest):
            if path.text.rstrip("/").endswith("/docker.sock"):
                yield self.finding(
                    path,
                    "there is no Docker socket on Fargate",
                    help="take the mount out, unless an override moves the service off Fargate",
                )


def _paths(manifest: Manifest) -> Iterator[Scalar]:
    yield from (volume.path for volume in manifest.task_volumes if volume.path)
    for sidecar in manifest.sidecars:
        for mount in sidecar.mount_points:
            path = mount.get("path")
            if isinstance(path, Scalar):
                yield path
