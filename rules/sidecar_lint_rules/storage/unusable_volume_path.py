from __future__ import annotations

from collections.abc import Iterator
from posixpath import normpath

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, Volume


class UnusableVolumePath(Rule):
    """The `path` of a volume is relative, or is `/`.

    Copilot and ECS take it as it is, and the container cannot be started with it: a mount needs an
    absolute path, and the root of the file system is the image's.
    """

    code, name = "SL317", "unusable-volume-path"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the container does not start: the mount path is invalid"
    sources = ("AWS: Amazon ECS Developer Guide, Bind mounts",)
    good = ("storage: {volumes: {data: {path: /data/}}}",)
    bad = (
        Bad(
            """
            storage:
              volumes:
                data: {path: var/data}
            #                ^^^^^^^^ SL317
            """,
            fixed="path: /var/data",
        ),
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /
            #           ^ SL317
            """
        ),
    )
    also_good = ("storage: {volumes: {data: {efs: true}}}",)

    def check_volume(self, volume: Volume, manifest: Manifest) -> Iterator[Finding]:
        path = volume.path
        if path is None or not path.text or not path.known or manifest.is_windows:
            return
        if not path.text.startswith("/"):
            absolute = "/" + normpath(path.text).lstrip("./")
            yield self.finding(path, f"the path {path.text!r} is relative", replace=absolute)
        elif normpath(path.text).strip("/") == "":
            message = "a volume cannot be mounted at the root of the file system"
            yield self.finding(path, message, help="mount it at a directory of its own")
