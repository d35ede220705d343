from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, Volume, lost


class EfsUidZero(Rule):
    """`efs.uid` is 0, or something that Copilot reads as 0.

    The directory on the file system that Copilot makes cannot belong to root. A text, a negative
    number or one past 4294967295 is not a user either: Copilot turns it into 0 and then refuses that.
    """

    code, name = "SL305", "efs-uid-zero"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "uid" must not be 0'
    sources = ("internal/pkg/manifest/validate.go: EFSVolumeConfiguration.validate",)
    good = ("storage: {volumes: {data: {path: /data, efs: {uid: 1000, gid: 0}}}}",)
    bad = (
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs: {uid: 0, gid: 0}
            #                ^ SL305
            """
        ),
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs: {uid: "1000", gid: 1000}
            #                ^^^^^^ SL305
            """
        ),
    )

    def check_volume(self, volume: Volume, manifest: Manifest) -> Iterator[Finding]:
        uid = volume.file_system.uid
        if uid is None or uid.as_int != 0:
            return
        yield self.finding(
            uid,
            "`uid` is 0 to Copilot",
            help="write the number of a user other than root, without quotes",
            follows_from=lost(manifest, "storage", "volumes", volume.name, "efs", "uid"),
        )
