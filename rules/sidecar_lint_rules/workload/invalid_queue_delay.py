from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    WORKER,
    Bad,
    Finding,
    Manifest,
    Mapping,
    Node,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    if_all_lost,
    lost,
)

_LATENCY: Final = "acceptable_latency"
_PROCESSING: Final = "msg_processing_time"


class InvalidQueueDelay(Rule):
    """`count.queue_delay` lacks one of its two times, or they do not go together.

    Copilot divides `acceptable_latency`, how long a message may wait, by `msg_processing_time`, how
    long one message takes: that is how many messages a task may have waiting. Both must be there,
    neither can be zero, and processing cannot take longer than the wait.
    """

    code, name = "SL069", "invalid-queue-delay"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: it cannot tell how many messages may wait"
    sources = ("internal/pkg/manifest/validate.go: QueueScaling.validate",)
    good = (
        """
        type: Worker Service
        count: {range: 1-10, queue_delay: {acceptable_latency: 1m, msg_processing_time: 250ms}}
        """,
    )
    bad = (
        Bad(
            """
            type: Worker Service
            count:
              range: 1-10
              queue_delay:
            # ^^^^^^^^^^^ SL069
                acceptable_latency: 1m
            """
        ),
        Bad(
            """
            type: Worker Service
            count:
              range: 1-10
              queue_delay:
                acceptable_latency: 10s
                msg_processing_time: 1m
            #                        ^^ SL069
            """
        ),
        Bad(
            """
            type: Worker Service
            count: {range: 1-10, queue_delay: {acceptable_latency: 0s, msg_processing_time: 10}}
            #                                                      ^^ SL069
            #                                                                               ^^ SL069
            """
        ),
    )
    also_good = (
        """
        type: Backend Service
        count: {range: 1-10, queue_delay: {acceptable_latency: 1m}}
        """,
    )
    also_bad = (
        Bad(
            """
            type: Worker Service
            count: {range: 1-10, queue_delay: {cooldown: {in: 1m}}}
            #                    ^^^^^^^^^^^ SL069
            """
        ),
        Bad(
            """
            type: Worker Service
            count: {range: 1-10, queue_delay: {msg_processing_time: 1m}}
            #                    ^^^^^^^^^^^ SL069
            """
        ),
        Bad(
            """
            type: Worker Service
            count: {range: 1-10, queue_delay: {acceptable_latency: 0s, msg_processing_time: 1m}}
            #                                                      ^^ SL069
            """
        ),
        Bad(
            """
            type: Worker Service
            count: {range: 1-10, queue_delay: {acceptable_latency: soon, msg_processing_time: 1m}}
            #                                                      ^^^^ SL069
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        count = manifest.mapping("count")
        delay = count.get("queue_delay")
        if manifest.kind == WORKER and isinstance(delay, Mapping) and manifest.scaling.sets("queue_delay"):
            yield from self._check(delay, manifest)

    def _check(self, delay: Mapping, manifest: Manifest) -> Iterator[Finding]:
        because = {name: lost(manifest, "count", "queue_delay", name) for name in (_LATENCY, _PROCESSING)}
        missing = [name for name in (_LATENCY, _PROCESSING) if delay.get(name) is None]
        if missing:
            message = f"queue_delay has no {' and no '.join(missing)}"
            crashes = _LATENCY in missing and _PROCESSING in missing
            effect = "Copilot crashes: nil pointer dereference" if crashes else None
            help_ = f"write {_LATENCY}: and {_PROCESSING}:, such as 1m and 250ms"
            yield self.finding(
                delay.key or delay,
                message,
                help=help_,
                effect=effect,
                follows_from=if_all_lost(because[name] for name in missing),
            )
            return
        latency, processing = delay.entries[_LATENCY], delay.entries[_PROCESSING]
        times = _nanoseconds(latency), _nanoseconds(processing)
        for node, time, name in zip((latency, processing), times, (_LATENCY, _PROCESSING), strict=True):
            if time == 0:
                yield self.finding(
                    node,
                    f"{name} is zero",
                    help="write a duration, such as 250ms",
                    follows_from=because[name],
                )
        if times[0] is not None and times[1] is not None and times[1] > times[0] != 0:
            other = (Related(latency.place, "how long a message may wait"),)
            message = f"{_PROCESSING} is longer than {_LATENCY}"
            help_ = "write a latency that is at least the processing time"
            yield self.finding(processing, message, help=help_, related=other)


def _nanoseconds(node: Node) -> int | None:
    """Go counts whole nanoseconds."""
    seconds = node.seconds if isinstance(node, Scalar) else None
    return None if seconds is None else round(seconds * 1_000_000_000)
