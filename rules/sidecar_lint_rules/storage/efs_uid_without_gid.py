from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, Volume, lost


class EfsUidWithoutGid(Rule):
    """An `efs` has one of `uid` and `gid` without the other.

    The two own the directory that Copilot makes on its file system. Leave both out and Copilot
    chooses them.
    """

    code, name = "SL304", "efs-uid-without-gid"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: uid and gid must be specified together"
    sources = ("internal/pkg/manifest/validate.go: EFSVolumeConfiguration.validate",)
    good = (
        "storage: {volumes: {data: {path: /data, efs: {uid: 1000, gid: 0}}}}",
        "storage: {volumes: {data: {path: /data, efs: true}}}",
    )
    bad = (
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs:
                    uid: 1000
            #       ^^^ SL304
            """
        ),
    )

    def check_volume(self, volume: Volume, manifest: Manifest) -> Iterator[Finding]:
        efs = volume.file_system
        if efs.owner is None or efs.owner.key is None or (efs.uid and efs.gid):
            return
        missing = "gid" if efs.uid else "uid"
        yield self.finding(
            efs.owner.key.span,
            f"`{efs.owner.key.text}` without `{missing}`",
            help=f"add `{missing}`, or write `efs: true` and let Copilot choose both",
            follows_from=lost(manifest, "storage", "volumes", volume.name, "efs", missing),
        )
