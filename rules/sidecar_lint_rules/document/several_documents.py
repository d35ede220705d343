from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, ManifestFile, Rule, Severity, Stage


class SeveralDocuments(Rule):
    """The file holds several YAML documents.

    Copilot reads the first and stops. What comes after the second `---` is never looked at, not
    even for its syntax.
    """

    code, name = "SL010", "several-documents"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "Copilot reads the first document only"
    sources = ("gopkg.in/yaml.v3: yaml.go, func unmarshal",)
    good = ("---\nname: api\ntype: Backend Service",)
    bad = (
        Bad(
            """
            name: api
            type: Backend Service
            ---
            ^^^ SL010
            name: worker
            type: Worker Service
            """
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        if file.tree.second_document:
            yield self.finding(
                file.tree.second_document,
                "a second document starts here",
                help="move it to a manifest of its own, or remove it",
            )
