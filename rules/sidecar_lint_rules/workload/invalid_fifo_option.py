from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, NamedTuple, Rule, Scalar, Severity, Stage, closest


class _Choice(NamedTuple):
    """What an option may be, and what that is called."""

    noun: str
    values: tuple[str, ...]


_CHOICES: Final = {
    "deduplication_scope": _Choice("a deduplication scope", ("messageGroup", "queue")),
    "throughput_limit": _Choice("a throughput limit", ("perQueue", "perMessageGroupId")),
}


class InvalidFifoOption(Rule):
    """An option of a FIFO queue has a value that SQS does not know.

    `deduplication_scope` says where SQS looks for duplicates of a message: `messageGroup` or `queue`.
    `throughput_limit` says what its limit on messages per second is counted for: `perQueue` or
    `perMessageGroupId`. The values are compared exactly, upper and lower case included.
    """

    code, name = "SL074", "invalid-fifo-option"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: SQS knows no such value"
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: validateDeduplicationScope, validateFIFOThroughputLimit",)
    good = (
        "type: Worker Service\nsubscribe: {queue: {fifo: {deduplication_scope: queue}}}",
        "type: Worker Service\nsubscribe: {queue: {fifo: {throughput_limit: perQueue}}}",
        "type: Worker Service\nsubscribe: {queue: {fifo: {throughput_limit: '${LIMIT}'}}}",
    )
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
        Bad(
            """
            type: Worker Service
            subscribe:
              topics:
                - name: orders
                  service: api
                  queue: {fifo: {throughput_limit: per_queue}}
            #                                      ^^^^^^^^^ SL074
            """,
            fixed="throughput_limit: perQueue",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for fifo in manifest.fifo_queues:
            for name, choice in _CHOICES.items():
                option = fifo.get(name)
                if isinstance(option, Scalar) and option.known and option.text not in choice.values:
                    nearest = closest(option.text, choice.values)
                    message = f"{option.text!r} is not {choice.noun}"
                    help_ = "" if nearest else f"write {' or '.join(choice.values)}"
                    yield self.finding(option, message, replace=nearest, help=help_)
