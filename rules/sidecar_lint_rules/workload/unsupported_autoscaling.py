from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import SCALING_METRICS, Bad, Finding, Manifest, Rule, Severity, Stage

_ALL: Final = ("spot", "range", "cooldown", *SCALING_METRICS)


class UnsupportedAutoscaling(Rule):
    """`count` asks for something that this type of workload cannot do.

    Services behind a load balancer scale on processor, memory, requests and response time. A Worker
    Service scales on processor, memory and the delay of its queue. A Scheduled Job does not scale,
    and cannot run on Spot.
    """

    code, name = "SL066", "unsupported-autoscaling"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: the type of workload does not have this"
    sources = ("internal/pkg/manifest/svc.go: getInvalidFieldsSet, validate.go: AdvancedCount.validate",)
    good = (
        """
        type: Worker Service
        count: {range: 1-10, queue_delay: {acceptable_latency: 1m, msg_processing_time: 1s}}
        """,
        "type: Scheduled Job\ncount: 1",
    )
    bad = (
        Bad(
            """
            type: Worker Service
            count:
              range: 1-10
              requests: 100
            # ^^^^^^^^ SL066
            """
        ),
        Bad(
            """
            type: Scheduled Job
            count:
            ^^^^^ SL066
              spot: 1
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        count, possible = manifest.mapping("count"), manifest.scaling.possible
        if possible is None:
            return
        if not possible:
            if any(manifest.scaling.sets(name) for name in _ALL):
                message = f"a {manifest.kind} does not scale"
                yield self.finding(count.key or count, message, help="leave count out")
            return
        for name in SCALING_METRICS:
            if name not in possible and manifest.scaling.sets(name):
                node = count.entries[name]
                message = f"a {manifest.kind} cannot scale on {name}"
                yield self.finding(node.key or node, message, help=f"write one of {', '.join(possible)}")
