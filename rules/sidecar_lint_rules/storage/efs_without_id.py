from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, Volume, lost


class EfsWithoutId(Rule):
    """An `efs` has `root_dir` or `auth`, but no `id`.

    Both fields are about a file system of your own, which `id` must name. Copilot accepts the
    manifest and writes an import of nothing into the template.
    """

    code, name = "SL308", "efs-without-id"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the template: it imports a value without a name"
    sources = ("internal/pkg/template/templates/workloads/partials/cf/volumes.yml",)
    good = (
        "storage: {volumes: {data: {path: /data, efs: {id: fs-0123456789abcdef0, root_dir: /exports}}}}",
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
            #     ^^^ SL308
                    root_dir: /exports
            """
        ),
    )

    also_bad = (
        Bad(
            """
            storage: {volumes: {data: {path: /data, efs: {id: null, auth: {iam: true}}}}}
            #                                             ^^ SL308
            """
        ),
    )

    def check_volume(self, volume: Volume, manifest: Manifest) -> Iterator[Finding]:
        efs = volume.file_system
        if efs.id or efs.owner or not efs.imported or efs.section.key is None:
            return
        written = efs.section.entries.get("id")
        what = "write the file system's ID behind `id:`" if written is not None else "add `id: fs-…`"
        yield self.finding(
            written.key if written is not None and written.key is not None else efs.section.key,
            f"no file system is named for the volume {volume.name!r}",
            help=f"{what}, or write `efs: true` for a file system that Copilot makes",
            follows_from=lost(manifest, "storage", "volumes", volume.name, "efs", "id"),
        )
