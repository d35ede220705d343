from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Related, Rule, Severity, Stage, Volume, lost


class AccessPointWithoutIam(Rule):
    """An `efs` has an access point, and `auth.iam` is false.

    Copilot uses access points only together with IAM.
    """

    code, name = "SL307", "access-point-without-iam"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "auth.iam" must be true when "access_point_id" is used'
    sources = ("internal/pkg/manifest/validate.go: EFSVolumeConfiguration.validate",)
    good = (
        """
        storage:
          volumes:
            data:
              path: /data
              efs:
                id: fs-0123456789abcdef0
                auth: {iam: true, access_point_id: fsap-0123456789abcdef0}
        """,
        "storage: {volumes: {data: {path: /data, efs: {id: fs-0123456789abcdef0, auth: {iam: false}}}}}",
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
                    auth:
                      iam: false
            #              ^^^^^ SL307
                      access_point_id: fsap-0123456789abcdef0
            """,
            fixed="iam: true",
        ),
    )

    def check_volume(self, volume: Volume, manifest: Manifest) -> Iterator[Finding]:
        iam, point = volume.file_system.iam, volume.file_system.access_point
        if iam is None or point is None or iam.as_bool is not False:
            return
        message = "an access point needs `iam: true`"
        related = (Related(point.place, "the access point"),)
        yield self.finding(
            iam,
            message,
            replace="true",
            related=related,
            follows_from=lost(manifest, "storage", "volumes", volume.name, "efs", "auth", "iam"),
        )
