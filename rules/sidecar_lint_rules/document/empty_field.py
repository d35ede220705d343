from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Document, Finding, Rule, Severity, Stage, dotted


class EmptyField(Rule):
    """A field that can be a single value or a map is a map with nothing Copilot knows in it.

    Copilot decides between the two forms by what it finds in the map. An empty map, one whose
    fields are all null, or one with unknown fields only, is neither form. To leave such a field at
    its default, leave it out.
    """

    code, name = "SL006", "empty-field"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest in every environment: it can decode neither form of the field"
    in_schema = True
    sources = ("internal/pkg/manifest: the UnmarshalYAML methods, union.go",)
    good = ("storage: {volumes: {data: {path: /data, efs: false}}}", "image:\nlogging: {}")
    bad = (
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs: {}
            #          ^^ SL006
            """
        ),
        Bad(
            """
            platform:
              os: linux
            # ^^^^^^^^^ SL006
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        for empty in document.shape.empty_unions if document.shape else ():
            names = ", ".join(empty.field.properties)
            message = f"{dotted(empty.path)} is a map with none of its fields"
            yield self.finding(empty.node, message, help=f"write one of {names}, or leave it out")
