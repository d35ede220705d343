from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Edit, Finding, Fix, Manifest, Rule, Scalar, Severity, Span, Stage, Volume, lost


class AccessPointIamDisabled(Rule):
    """An `efs` has an access point and does not say `iam: true`.

    Copilot's documentation says that `auth.iam` is true unless you write otherwise, and Copilot
    accepts the manifest as if it were. What it writes into the task definition is the opposite: IAM
    is disabled. The task then mounts the file system as nobody in particular, and a file system
    whose policy asks for an identity refuses it.
    """

    code, name = "SL311", "access-point-iam-disabled"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "Copilot disables IAM; a file system with a policy then refuses the mount and no task starts"
    sources = (
        "internal/pkg/deploy/cloudformation/stack/transformers.go: convertEFSConfiguration",
        "aws/copilot-cli#3350",
        "AWS: Amazon EFS User Guide, Using IAM to control file system data access",
    )
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
                      access_point_id: fsap-0123456789abcdef0
            #         ^^^^^^^^^^^^^^^ SL311
            """,
            fixed="iam: true\n          access_point_id: fsap-",
        ),
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs: {id: fs-0123456789abcdef0, auth: {access_point_id: fsap-0123456789abcdef0}}
            #                                            ^^^^^^^^^^^^^^^ SL311
            """,
            fixed="auth: {iam: true, access_point_id: fsap-0123456789abcdef0}",
        ),
    )
    also_bad = (
        Bad(
            """
            storage: {volumes: {data: {path: /data, efs: {id: fs-0123456789abcdef0, auth: {access_point_id: fsap-0123456789abcdef0}}}}}
            #                                                                              ^^^^^^^^^^^^^^^ SL311
            """
        ),
    )

    def check_volume(self, volume: Volume, manifest: Manifest) -> Iterator[Finding]:
        efs = volume.file_system
        point = efs.access_point
        if point is None or point.key is None or not point.text or "iam" in efs.auth.entries:
            return
        yield self.finding(
            point.key.span,
            "an access point without `iam: true`",
            help="add `iam: true` beside it: without it Copilot disables IAM, whatever its documentation says",
            fixes=_add_iam(manifest, point.key, flow=efs.auth.flow),
            follows_from=lost(manifest, "storage", "volumes", volume.name, "efs", "auth", "iam"),
        )


def _add_iam(manifest: Manifest, key: Scalar, *, flow: bool) -> tuple[Fix, ...]:
    indent = manifest.document.source.text[: key.span.start].rpartition("\n")[2]
    if key.alias or (not flow and indent.strip()):
        return ()
    inserted = "iam: true, " if flow else f"iam: true\n{indent}"
    return (Fix("add `iam: true`", (Edit(Span(key.span.start, key.span.start), inserted),)),)
