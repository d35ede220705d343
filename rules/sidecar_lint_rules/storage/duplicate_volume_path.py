from __future__ import annotations

from collections.abc import Iterator
from posixpath import normpath

from sidecar_lint import Bad, Finding, Manifest, Related, Rule, Severity, Stage, Volume


class DuplicateVolumePath(Rule):
    """Two volumes have the same `path`.

    Both are mounted in the service's own container, and at one path it can see only one of them.
    """

    code, name = "SL319", "duplicate-volume-path"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the container sees at most one of the two volumes there"
    sources = ("internal/pkg/template/templates/workloads/partials/cf/mount-points.yml",)
    good = ("storage: {volumes: {data: {path: /data}, more: {path: /data/more}}}",)
    bad = (
        Bad(
            """
            storage:
              volumes:
                data: {path: /data}
                more: {path: /data/}
            #                ^^^^^^ SL319
            """
        ),
    )
    also_good = ("storage: {volumes: {data: {efs: true}, other: {efs: true}}}",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        seen: dict[str, Volume] = {}
        for volume in manifest.task_volumes:
            path = volume.path
            if path is None or not path.text or not path.known:
                continue
            first = seen.setdefault(normpath(path.text), volume)
            if first is not volume and first.path:
                yield self.finding(
                    path,
                    f"the volumes {first.name!r} and {volume.name!r} have the same path",
                    help="give each volume a path of its own",
                    related=(Related(first.path.place, f"the path of {first.name!r}"),),
                )
