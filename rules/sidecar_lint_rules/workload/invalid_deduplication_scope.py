from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, closest
from sidecar_lint_rules.workload._topics import fifo_options

_SCOPES: Final = ("messageGroup", "queue")


class InvalidDeduplicationScope(Rule):
    """`deduplication_scope` of a FIFO queue is neither `messageGroup` nor `queue`.

    It says where SQS looks for duplicates of a message. The values are compared exactly, upper and
    lower case included.
    """

    code, name = "SL074", "invalid-deduplication-scope"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: SQS has no such scope"
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: validateDeduplicationScope",)
    good = ("type: Worker Service\nsubscribe: {queue: {fifo: {deduplication_scope: queue}}}",)
    bad = (
        Bad(
            """
            type: Worker Service
            subscribe:
              queue:
                fifo:
                  deduplication_scope: message_group
            #                          ^^^^^^^^^^^^^ SL074
            """,
            fixed="deduplication_scope: messageGroup",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for scope in fifo_options(manifest, "deduplication_scope"):
            if scope.text not in _SCOPES:
                nearest = closest(scope.text, _SCOPES)
                message = f"{scope.text!r} is not a deduplication scope"
                choice = "" if nearest else f"write {' or '.join(_SCOPES)}"
                yield self.finding(scope, message, replace=nearest, help=choice)
