from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Mapping,
    Rule,
    Scalar,
    Severity,
    Stage,
    enumerated,
)


class ReadonlyFsSparesSidecars(Rule):
    """`storage.readonly_fs` does not hold for the sidecars.

    It makes the file system of the service's own container read-only. Copilot has no field that does
    so for a sidecar, nor for the log router.
    """

    code, name = "SL323", "readonly-fs-spares-sidecars"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "the sidecars can still write to their file systems"
    sources = ("internal/pkg/template/templates/workloads/partials/cf/sidecars.yml",)
    good = ("storage: {readonly_fs: true}",)
    bad = (
        Bad(
            """
            storage:
              readonly_fs: true
            #              ^^^^ SL323
            sidecars:
              nginx: {image: nginx}
            """
        ),
    )
    also_bad = (
        Bad(
            """
            storage: {readonly_fs: true}
            #                      ^^^^ SL323
            sidecars: {nginx: {image: nginx}}
            taskdef_overrides: [{path: Cpu, value: 512}]
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        readonly = manifest.scalar("storage", "readonly_fs")
        if readonly is None or not readonly.as_bool or not manifest.sidecars or _is_overridden(manifest):
            return
        names = enumerated(repr(sidecar.name) for sidecar in manifest.sidecars)
        yield self.finding(
            readonly,
            f"`readonly_fs` covers {manifest.name!r} alone, not {names}",
            help="where a sidecar is to have it, too, set ReadonlyRootFilesystem with `taskdef_overrides`, "
            "and mount volumes where its program writes",
        )


def _is_overridden(manifest: Manifest) -> bool:
    rules = [rule for rule in manifest.sequence("taskdef_overrides") if isinstance(rule, Mapping)]
    paths = [rule.get("path") for rule in rules]
    return any(isinstance(path, Scalar) and "ReadonlyRootFilesystem" in path.text for path in paths)
