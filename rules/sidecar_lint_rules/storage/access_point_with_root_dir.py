from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Related, Rule, Severity, Stage, Volume


class AccessPointWithRootDir(Rule):
    """An `efs` has an access point and a `root_dir` other than `/`.

    An access point says itself which directory it leads to, so there is no other to choose.
    """

    code, name = "SL306", "access-point-with-root-dir"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "root_dir" must be empty or "/" when "access_point_id" is used'
    sources = ("internal/pkg/manifest/validate.go: EFSVolumeConfiguration.validate",)
    good = (
        """
        storage:
          volumes:
            data:
              path: /data
              efs:
                id: fs-0123456789abcdef0
                root_dir: /
                auth: {iam: true, access_point_id: fsap-0123456789abcdef0}
        """,
    )
    bad = (
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs:
                    id: fs-0123456789abcdef0
                    root_dir: /exports
            #                 ^^^^^^^^ SL306
                    auth: {iam: true, access_point_id: fsap-0123456789abcdef0}
            """,
            fixed="root_dir: /\n",
        ),
    )

    def check_volume(self, volume: Volume, _: Manifest) -> Iterator[Finding]:
        root, point = volume.file_system.root_dir, volume.file_system.access_point
        if root is None or point is None or not root.known or root.text in ("", "/"):
            return
        yield self.finding(
            root,
            f"`root_dir` is {root.text!r} though there is an access point",
            help="write `/`, or leave `root_dir` out: the access point leads to its own directory",
            replace="/",
            related=(Related(point.place, "the access point"),),
        )
