from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    WORKLOAD_TYPES,
    Bad,
    Document,
    Finding,
    Rule,
    Scalar,
    Severity,
    Stage,
    closest,
)


class UnknownType(Rule):
    """`type` is missing, or is none of Copilot's workload types.

    The type decides what every other field means, so nothing else is checked until it is right.
    It is compared exactly: upper and lower case, and the spaces, count.
    """

    code, name = "SL003", "unknown-type"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: invalid manifest type"
    in_schema = True
    sources = ("internal/pkg/manifest/workload.go: UnmarshalWorkload",)
    good = ("name: api\ntype: Backend Service",)
    bad = (
        Bad(
            """
            name: api
            type: backend service
            #     ^^^^^^^^^^^^^^^ SL003
            """,
            fixed="type: Backend Service",
        ),
        Bad(
            """
            name: api
            type: Load-Balanced Web Service
            #     ^^^^^^^^^^^^^^^^^^^^^^^^^ SL003
            """,
            fixed="type: Load Balanced Web Service",
        ),
        Bad(
            """
            name: test
            type: Environment
            #     ^^^^^^^^^^^ SL003
            """
        ),
        Bad(
            """
            name: api
            type:
            ^^^^ SL003
            """
        ),
        Bad(
            """
            cpu: 256
            type: null
            ^^^^ SL003
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        if document.tree.unread or document.kind:
            return
        choice = "one of " + ", ".join(WORKLOAD_TYPES)
        root = document.root
        if root is None:
            yield self._no_map(document, choice)
            return
        written = root.entries.get("type")
        if written is None or written.is_null:
            yield self.finding(
                document.head_of("type"), "the manifest has no `type`", help=f"write `type:` and {choice}"
            )
        elif isinstance(written, Scalar):
            nearest = closest(written.text, WORKLOAD_TYPES)
            message = f"{written.text!r} is not a type of workload"
            help_ = "" if nearest else _OTHERS.get(written.text.lower(), f"write {choice}")
            yield self.finding(
                written, message, replace=nearest, safe=_same(written.text, nearest), help=help_
            )
        else:
            yield self.finding(written, "`type` must be text", help=f"write {choice}")

    def _no_map(self, document: Document, choice: str) -> Finding:
        place, message = document.want_of_map()
        return self.finding(place, message, help=f"start with `name:` and `type:` ({choice})")


#: Manifests of other things, whose place is another one.
_OTHERS = {"environment": "keep the manifest of an environment at copilot/environments/<name>/manifest.yml"}


def _same(written: str, nearest: str | None) -> bool:
    return nearest is not None and written.lower() == nearest.lower()
