from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import WORKER, Bad, Finding, Manifest, Mapping, Rule, Severity, Stage, is_overridden, lost


class QueueWithoutTopics(Rule):
    """The settings of a worker's queue are ignored, as it has no topics.

    A Worker Service has a queue whether it subscribes to topics or not. What `subscribe.queue` says of it,
    its dead letter queue included, gets into the template only where `subscribe.topics` is there, too.
    """

    code, name = "SL746", "queue-without-topics"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the queue has the defaults of SQS, and no dead letter queue"
    sources = ("internal/pkg/template/templates/workloads/services/worker/cf.yml",)
    ignored = True
    good = (
        "type: Worker Service\nsubscribe: {queue: {timeout: 30s}, topics: [{name: orders, service: web}]}",
        "type: Worker Service\nsubscribe: {queue: {}}",
    )
    bad = (
        Bad(
            """
            type: Worker Service
            subscribe:
              queue:
                timeout: 30s
            #   ^^^^^^^^^^^^ SL746
            """
        ),
    )
    also_good = (
        """
        type: Backend Service
        subscribe: {queue: {delay: 1m}}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        queue = manifest.get("subscribe", "queue")
        if manifest.kind != WORKER or not isinstance(queue, Mapping):
            return
        if manifest.get("subscribe", "topics") is not None or is_overridden(
            manifest, "Resources", "EventsQueue"
        ):
            return
        if any(not node.is_null for node in queue.entries.values()):
            help_ = "write `topics` beside it; an empty list, `topics: []`, is enough"
            yield self.finding(
                queue,
                "subscribe.queue is ignored: there are no topics",
                help=help_,
                follows_from=lost(manifest, "subscribe", "topics"),
            )
