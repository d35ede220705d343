from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Related, Rule, Severity, Stage, Volume, as_mapping


class SeveralManagedVolumes(Rule):
    """More than one volume asks Copilot for a file system of its own making.

    `efs: true`, and `efs` with `uid` and `gid`, both mean the one file system that Copilot keeps for
    an environment, in the one directory that it gives to a service. A service can have that once.
    """

    code, name = "SL302", "several-managed-volumes"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: cannot specify more than one managed volume per service"
    sources = ("internal/pkg/manifest/validate.go: Storage.validate", "aws/copilot-cli#2921")
    good = (
        """
        storage:
          volumes:
            data: {path: /data, efs: true}
            old: {path: /old, efs: {id: fs-0123456789abcdef0}}
            tmp: {path: /tmp, efs: false}
        """,
    )
    bad = (
        Bad(
            """
            storage:
              volumes:
                data: {path: /data, efs: true}
                logs:
                  path: /logs
                  efs: {uid: 1000, gid: 1000}
            #          ^^^^^^^^^^^^^^^^^^^^^^ SL302
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        # One with an `id` beside `uid` is another mistake.
        managed = [each for each in manifest.task_volumes if each.is_managed and not _has_id(each)]
        for volume in managed[1:]:
            first = managed[0]
            yield self.finding(
                volume.section.entries["efs"],
                f"{volume.name!r} is the second volume on the file system that Copilot makes",
                help=f"mount {first.name!r} alone and use directories in it, or name another file system's `id`",
                related=(Related(first.section.entries["efs"].place, "the first one"),),
            )


def _has_id(volume: Volume) -> bool:
    return as_mapping(volume.section.get("efs")).get("id") is not None
