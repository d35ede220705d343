from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Document,
    Finding,
    Mapping,
    Node,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    as_mapping,
    section_names,
)


class FieldAsEnvironment(Rule):
    """A field stands where `environments` has the names of environments.

    Usually it is indented by a level too little: it belongs under the environment above it. Copilot takes it
    for an environment of that name, which no deployment is for, and looks at it no further.

    An environment may be called as a field is: nothing is said where `copilot/environments/` has it, or where
    fields are written under it.
    """

    code, name = "SL729", "field-as-environment"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "Copilot takes it for an environment of that name, and no environment gets it"
    sources = ("internal/pkg/manifest/workload.go: ApplyEnv",)
    good = (
        "environments: {count: {count: 2}, test: {variables: {A: b}}, http: null}",
        """
        environments: {platform: {A: b}}
        # file: copilot/environments/platform/manifest.yml
        name: platform
        type: Environment
        """,
    )
    bad = (
        Bad(
            """
            environments:
              prod:
              count:
            # ^^^^^ SL729
                range: 1-4
                cpu_percentage: 60
            """
        ),
        Bad(
            """
            environments:
              prod: {cpu: 512, memory: 1024}
              count: 3
            # ^^^^^ SL729
            """
        ),
        Bad(
            """
            environments:
              variables:
            # ^^^^^^^^^ SL729
                LOG_LEVEL: debug
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        known = document.workload.workspace.environments if document.workload else ()
        fields = section_names(document.kind) - {"environments"} if document.kind else frozenset()
        above: Scalar | None = None
        for key, value in as_mapping(document.root.get("environments") if document.root else None):
            if key.text in fields and key.text not in known and not _may_override(value, fields):
                yield self._field(key, value, above)
            else:
                above = key

    def _field(self, key: Scalar, value: Node, above: Scalar | None) -> Finding:
        help_ = f"indent it, to be under {above.text!r}" if above else "write it under the environment's name"
        related = (Related(above.span, "the environment above"),) if above else ()
        message = f"{key.text!r} is a field, and stands where the names of environments do"
        if isinstance(value, Mapping):
            return self.finding(key, message, help=help_, related=related)
        effect = "Copilot takes it for an environment, which must be a map, and refuses the manifest"
        return self.finding(key, message, help=help_, related=related, effect=effect, stage=Stage.COPILOT)


def _may_override(value: Node, fields: frozenset[str]) -> bool:
    """Whether it is what an environment has: nothing, or at least one field."""
    if isinstance(value, Mapping):
        return not value.entries or not fields.isdisjoint(value.entries)
    return value.is_null
