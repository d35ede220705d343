from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Document, Finding, Mapping, Related, Rule, Severity, Stage, Volume


class EfsIdWithUid(Rule):
    """An `efs` has `uid` or `gid` together with `id`, `root_dir` or `auth`.

    `uid` and `gid` own the directory on the file system that Copilot makes; the other fields are
    about a file system of your own. Copilot refuses the mixture wherever it stands in the file, for
    every environment.
    """

    code, name = "SL303", "efs-id-with-uid"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: must specify one, not both, of "uid/gid" and "id/root_dir/auth"'
    sources = ("internal/pkg/manifest/storage.go: EFSConfigOrBool.UnmarshalYAML",)
    good = (
        "storage: {volumes: {data: {path: /data, efs: {uid: 1000, gid: 1000}}}}",
        """
        storage:
          volumes:
            data: {path: /data, efs: {uid: 1000, gid: 1000}}
        environments:
          prod:
            storage:
              volumes:
                data: {efs: {id: fs-0123456789abcdef0}}
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
                    uid: 1000
            #       ^^^ SL303
                    gid: 1000
            """
        ),
    )
    also_good = (
        """
        type: Request-Driven Web Service
        storage: {volumes: {data: {path: /data, efs: {id: fs-0123456789abcdef0, uid: 1000, gid: 1000}}}}
        """,
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        if not document.shape or not any(each.is_ecs for each in document.manifests):
            return
        for half in (document.shape.root, *document.overrides.values()):
            for volume in Volume.all_of(_volumes(half)):
                yield from self._volume(volume)

    def _volume(self, volume: Volume) -> Iterator[Finding]:
        owner, imported = volume.file_system.owner, volume.file_system.imported
        if owner is None or owner.key is None or imported is None:
            return
        name = imported.key.text if imported.key else "id"
        yield self.finding(
            owner.key.span,
            f"`{owner.key.text}` cannot stand beside `{name}`",
            help="keep `id` for a file system of your own, or `uid` and `gid` for one that Copilot makes",
            related=(Related(imported.place, f"{name} is here"),),
        )


def _volumes(half: Mapping) -> Mapping:
    storage = half.get("storage")
    volumes = storage.get("volumes") if isinstance(storage, Mapping) else None
    return volumes if isinstance(volumes, Mapping) else Mapping(half.span)
