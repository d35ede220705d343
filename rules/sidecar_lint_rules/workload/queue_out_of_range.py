from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    WORKER,
    Bad,
    Finding,
    Manifest,
    Mapping,
    Rule,
    Scalar,
    Severity,
    Stage,
    as_mapping,
    is_resource_overridden,
)

_HOUR: Final = 3600
#: What SQS takes of each, in seconds and as it is written.
_DURATIONS: Final = {
    "retention": ((60, "1m"), (14 * 24 * _HOUR, "336h")),
    "delay": ((0, "0s"), (900, "15m")),
    "timeout": ((0, "0s"), (12 * _HOUR, "12h")),
}
_MOST_TRIES: Final = 1000
#: What the template calls them.
_PROPERTIES: Final = ("MessageRetentionPeriod", "DelaySeconds", "VisibilityTimeout", "RedrivePolicy")


class QueueOutOfRange(Rule):
    """A number of a worker's queue is one that SQS does not take.

    Messages are kept for a minute to 14 days, delayed for up to 15 minutes, and hidden from others for up to
    12 hours (`timeout`). They go to the dead letter queue after 1 to 1000 tries. Copilot hands the numbers on
    as they are.
    """

    code, name = "SL093", "queue-out-of-range"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: SQS refuses the queue"
    sources = ("Amazon SQS API: CreateQueue, RedrivePolicy",)
    good = (
        """
        type: Worker Service
        subscribe:
          topics: [{name: a, service: b, queue: {retention: 336h, delay: 15m, dead_letter: {tries: 1000}}}]
          queue: {timeout: 12h, retention: 1m, dead_letter: {tries: 1}}
        """,
        "type: Worker Service\nsubscribe: {queue: {timeout: 13h, dead_letter: {tries: 0}}}",
        "subscribe: {topics: [{name: a, service: b}], queue: {timeout: 13h}}",
    )
    bad = (
        Bad(
            """
            type: Worker Service
            subscribe:
              topics:
                - {name: a, service: b, queue: {delay: 20m}}
            #                                          ^^^ SL093
              queue: {retention: 720h, dead_letter: {tries: 1001}}
            #                    ^^^^ SL093
            #                                               ^^^^ SL093
            """,
            fixed="dead_letter: {tries: 1000}",
        ),
        Bad(
            """
            type: Worker Service
            subscribe:
              topics: [{name: a, service: b}]
              queue: {dead_letter: {tries: 0}}
            #                              ^ SL093
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.kind != WORKER or manifest.get("subscribe", "topics") is None:
            return
        topics = manifest.sequence("subscribe", "topics").items
        own = [as_mapping(topic.get("queue")) for topic in topics if isinstance(topic, Mapping)]
        queues = [manifest.mapping("subscribe", "queue"), *own]
        found = [finding for queue in queues for finding in (*self._durations(queue), *self._tries(queue))]
        yield from (
            () if found and is_resource_overridden(manifest, "AWS::SQS::Queue", *_PROPERTIES) else found
        )

    def _durations(self, queue: Mapping) -> Iterator[Finding]:
        for name, ((least, shortest), (most, longest)) in _DURATIONS.items():
            node = queue.get(name)
            seconds = node.seconds if isinstance(node, Scalar) and node.known else None
            if node is not None and seconds is not None and not least <= seconds // 1 <= most:
                message = f"{name} must be from {shortest} to {longest}"
                yield self.finding(node, message, help=f"write `{shortest if seconds < least else longest}`")

    def _tries(self, queue: Mapping) -> Iterator[Finding]:
        node = as_mapping(queue.get("dead_letter")).get("tries")
        tries = node.as_int if isinstance(node, Scalar) and node.known else None
        if node is None or tries is None or 1 <= tries <= _MOST_TRIES:
            return
        if tries > _MOST_TRIES:
            yield self.finding(node, f"tries must be {_MOST_TRIES} at most", replace=str(_MOST_TRIES))
        else:
            help_ = "write 1 or more, or leave `dead_letter` out"
            yield self.finding(node, "tries must be 1 at least", help=help_)
