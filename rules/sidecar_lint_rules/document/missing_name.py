from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage


class MissingName(Rule):
    """The manifest has no `name`.

    The name is that of the workload, of its folder under `copilot/`, and of its own container.
    """

    code, name = "SL004", "missing-name"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "name" must be specified'
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: Workload.validate",)
    good = ("name: api\ntype: Backend Service",)
    bad = (
        Bad(
            """
            name:
            ^^^^ SL004
            type: Backend Service
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.get("name") is not None:
            return
        written = manifest.root.entries.get("name") or manifest.root.entries.get("type")
        place = written.key if written is not None and written.key is not None else manifest.root
        yield self.finding(
            place, "the workload has no name", help="write `name:` and the name of its folder under copilot/"
        )
