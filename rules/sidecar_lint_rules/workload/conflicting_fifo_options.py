from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Mapping, Related, Rule, Scalar, Severity, Stage

_EXCLUDED: Final = ("throughput_limit", "deduplication_scope")


class ConflictingFifoOptions(Rule):
    """Options of a FIFO queue rule each other out.

    `high_throughput` sets `throughput_limit` and `deduplication_scope` itself, so it excludes both.
    Limits per message group need duplicates to be found per message group: `perMessageGroupId` does
    not go with a scope of `queue`.
    """

    code, name = "SL076", "conflicting-fifo-options"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: the options cannot be had together"
    sources = ("internal/pkg/manifest/validate.go: FIFOAdvanceConfig.validate",)
    good = (
        """
        type: Worker Service
        subscribe:
          queue: {fifo: {throughput_limit: perMessageGroupId, deduplication_scope: messageGroup}}
        """,
    )
    bad = (
        Bad(
            """
            type: Worker Service
            subscribe:
              queue:
                fifo:
                  high_throughput: true
            #     ^^^^^^^^^^^^^^^ SL076
                  deduplication_scope: queue
            """
        ),
        Bad(
            """
            type: Worker Service
            subscribe:
              queue: {fifo: {deduplication_scope: queue, throughput_limit: perMessageGroupId}}
            #                                                              ^^^^^^^^^^^^^^^^^ SL076
            """,
            fixed="throughput_limit: perQueue",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for fifo in manifest.fifo_queues:
            yield from self._high_throughput(fifo)
            yield from self._limit(fifo)

    def _high_throughput(self, fifo: Mapping) -> Iterator[Finding]:
        high = fifo.get("high_throughput")
        others = [node for name in _EXCLUDED if (node := fifo.get(name)) is not None]
        if high is not None and others:
            names = " and ".join(node.key.text for node in others if node.key)
            related = tuple(Related(node.place, "set here") for node in others)
            help_ = f"keep high_throughput or {names}"
            yield self.finding(
                high.key or high, f"high_throughput excludes {names}", help=help_, related=related
            )

    def _limit(self, fifo: Mapping) -> Iterator[Finding]:
        limit, scope = (fifo.get(name) for name in _EXCLUDED)
        if not isinstance(limit, Scalar) or not isinstance(scope, Scalar):
            return
        if (limit.text, scope.text) == ("perMessageGroupId", "queue"):
            related = (Related(scope.place, "duplicates are found in the whole queue"),)
            message = "a limit per message group needs duplicates to be found per message group"
            help_ = "write `perQueue`, or `messageGroup` for deduplication_scope"
            yield self.finding(limit, message, replace="perQueue", help=help_, related=related)
