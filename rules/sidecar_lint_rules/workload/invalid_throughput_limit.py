from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, closest
from sidecar_lint_rules.workload._topics import fifo_options

_LIMITS: Final = ("perQueue", "perMessageGroupId")


class InvalidThroughputLimit(Rule):
    """`throughput_limit` of a FIFO queue is neither `perQueue` nor `perMessageGroupId`.

    It says what SQS's limit on messages per second is counted for. The values are compared exactly,
    upper and lower case included.
    """

    code, name = "SL075", "invalid-throughput-limit"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: SQS has no such limit"
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: validateFIFOThroughputLimit",)
    good = ("type: Worker Service\nsubscribe: {queue: {fifo: {throughput_limit: perQueue}}}",)
    bad = (
        Bad(
            """
            type: Worker Service
            subscribe:
              topics:
                - name: orders
                  service: api
                  queue: {fifo: {throughput_limit: per_queue}}
            #                                      ^^^^^^^^^ SL075
            """,
            fixed="throughput_limit: perQueue",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for limit in fifo_options(manifest, "throughput_limit"):
            if limit.text not in _LIMITS:
                nearest = closest(limit.text, _LIMITS)
                message = f"{limit.text!r} is not a throughput limit"
                choice = "" if nearest else f"write {' or '.join(_LIMITS)}"
                yield self.finding(limit, message, replace=nearest, help=choice)
