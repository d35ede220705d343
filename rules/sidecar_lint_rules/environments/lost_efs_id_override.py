from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Mapping, Related, Rule, Severity, Stage, as_mapping


class LostEfsIdOverride(Rule):
    """An environment imports the ID of a file system, and the ID in the base wins.

    `efs.id` can be an ID or `{from_cfn: export}`. Where the base has the one and an environment the
    other, Copilot keeps both, and of both takes the ID.
    """

    code, name = "SL703", "lost-efs-id-override"
    severity, stage = Severity.WARNING, Stage.SILENT
    ignored = True
    effect = "this environment mounts the file system of the base"
    sources = ("internal/pkg/manifest/transform.go", "internal/pkg/manifest/workload.go: StringOrFromCFN")
    good = (
        """
        storage:
          volumes: {data: {path: /data}}
        environments:
          test: {storage: {volumes: {data: {efs: {id: fs-01234567}}}}}
          prod: {storage: {volumes: {data: {efs: {id: {from_cfn: prod-FileSystem}}}}}}
        """,
    )
    bad = (
        Bad(
            """
            storage:
              volumes:
                data: {path: /data, efs: {id: fs-01234567}}
            environments:
              prod:
                storage:
                  volumes:
                    data:
                      efs:
                        id: {from_cfn: prod-FileSystem}
            #               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL703
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.is_base or not manifest.is_ecs:
            return
        for key, volume in as_mapping(as_mapping(manifest.override.get("storage")).get("volumes")):
            after = as_mapping(as_mapping(volume).get("efs")).get("id")
            before = manifest.base.scalar("storage", "volumes", key.text, "efs", "id")
            if before and isinstance(after, Mapping) and after.get("from_cfn"):
                message = f"{before.text!r}, the ID in the base, wins over what is imported here"
                related = (Related(before.span, "the ID in the base"),)
                help_ = "write id in each environment rather than in the base"
                yield self.finding(after, message, help=help_, related=related)
