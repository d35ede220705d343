from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, lost, misspelt_overrides


class MissingVolumePath(Rule):
    """A volume has no `path`.

    Copilot mounts every volume in the service's own container, even one that is meant for sidecars
    only, and so must know where. Where only an environment knows the volume and the base has one of a
    name like it, SL702 says so.
    """

    code, name = "SL313", "missing-volume-path"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "path" must be specified'
    sources = ("internal/pkg/manifest/validate.go: MountPointOpts.validate",)
    good = (
        "storage: {volumes: {data: {path: /data}}}",
        """
        storage: {volumes: {uploads: {path: /data}}}
        environments:
          prod: {storage: {volumes: {uplaods: {read_only: false}}}}
        """,
    )
    bad = (
        Bad(
            """
            storage:
              volumes:
                data:
            #   ^^^^ SL313
                  efs: true
            """
        ),
        Bad(
            """
            storage:
              volumes:
                data:
                  path: ""
            #           ^^ SL313
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        without = [volume for volume in manifest.task_volumes if not volume.path or not volume.path.text]
        found = misspelt_overrides(manifest, "storage", "volumes", needed="path") if without else ()
        misspelt = {each.key.text for each in found}  # of these SL702 says what is wrong
        for volume in without:
            has_none = volume.section.get("path") is None and volume.name not in misspelt
            if has_none or volume.path:
                yield self.finding(
                    volume.path.place if volume.path else volume.key.span,
                    f"the volume {volume.name!r} has no `path`",
                    help="add the `path` at which the service's own container sees it",
                    follows_from=lost(manifest, "storage", "volumes", volume.name, "path"),
                )
