from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    EmptyUnion,
    Finding,
    ManifestFile,
    Rule,
    Severity,
    Stage,
    UndecodedField,
    dotted,
    lost_below,
    meant_field,
    sole_fields,
)
from sidecar_lint_rules.document._unknown import rename


class EmptyField(Rule):
    """A field that can be a single value or a map is a map with nothing Copilot knows in it.

    Copilot decides between the two forms by what it finds in the map. An empty map, one whose
    fields are all null, or one with unknown fields only, is neither form. To leave such a field at
    its default, leave it out.
    """

    code, name = "SL006", "empty-field"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the whole manifest: it can decode neither form of the field"
    in_schema = True
    sources = ("internal/pkg/manifest: the UnmarshalYAML methods, union.go",)
    good = (
        "storage: {volumes: {data: {path: /data, efs: false}}}",
        "image:\nlogging: {}",
        "count: !!null {}",
    )
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
            # ^^ SL006
            """
        ),
        Bad(
            """
            exec:
              enabled: true
            # ^^^^^^^ SL006
            """,
            fixed="  enable: true",
        ),
    )

    def check_file(self, file: ManifestFile) -> Iterator[Finding]:
        found = sole_fields(file)
        for empty in file.shape.empty_unions if file.shape else ():
            yield self._empty(file, empty, found.get(id(empty.node)))

    def _empty(self, file: ManifestFile, empty: EmptyUnion, unknown: UndecodedField | None) -> Finding:
        place, names = dotted(empty.path), [*empty.field.properties]
        choice = f"one of {', '.join(names)}" if names[1:] else f"`{names[0]}`"
        help_ = f"write a single value, without a map, or {choice} in it, or leave {place} out"
        if unknown is None:
            message = f"{place} is a map with none of its fields"
            return self.finding(empty.node, message, help=help_, follows_from=lost_below(file, empty))
        message = f"{place} has no field {unknown.key.text!r}, and no other in it"
        if nearest := meant_field(unknown):
            return self.finding(
                unknown.key, message, help=f"write `{nearest}`", fixes=rename(unknown, nearest)
            )
        return self.finding(unknown.key, message, help=help_)
