from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import JOB, Bad, Finding, Manifest, Rule, Severity, Stage


class NegativeRetries(Rule):
    """A job is to be tried again less than never.

    `retries` says how often Step Functions starts a task again that has failed. Without it, and with 0, a
    failure is the end. There is no number for "without limit".
    """

    code, name = "SL090", "negative-retries"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = (
        "Copilot makes no template of it, and the image may be built and pushed by then: "
        "number of retries cannot be negative"
    )
    sources = ("internal/pkg/deploy/cloudformation/stack/scheduled_job.go: stateMachineOpts",)
    good = ("type: Scheduled Job\nretries: 0",)
    bad = (
        Bad(
            """
            type: Scheduled Job
            retries: -1
            #        ^^ SL090
            """
        ),
    )
    also_good = (
        """
        type: Scheduled Job
        on: {schedule: '@daily'}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.scalar("retries") if manifest.kind == JOB else None
        number = node.as_int if node and node.known else None
        if node is not None and number is not None and number < 0:
            yield self.finding(
                node, f"{number} retries are less than none", help="write 0, or leave it out, for no retry"
            )
