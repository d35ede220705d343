from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Edit,
    Finding,
    Fix,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Span,
    Stage,
    deployed_log_output,
)
from sidecar_lint_rules.logging._releases import NEWEST, changes_meaning

_JOB = "Scheduled Job"


class UnpinnedLogRouter(Rule):
    """The log router is Copilot's default image, whose tag moves.

    Without `logging.image` Copilot takes `aws-for-fluent-bit:stable`. The tasks of a service keep the
    image that the tag stood for when the service was deployed, as ECS does since June 2024; the next
    deployment may get another, and each run of a Scheduled Job does. The log router is essential, and
    releases under this tag have broken configurations before. Up to 2.34 the tag stood for a Fluent
    Bit 1.9, whose support ended on 2026-06-30 (as of July 2026), so the next step may be one to
    Fluent Bit 5. The release that is proposed is written down only where every option means the same
    in both.
    """

    code, name = "SL213", "unpinned-log-router"
    severity, stage = Severity.INFO, Stage.TASK
    effect = (
        "the next deployment may get another release of Fluent Bit, 5 instead of 1.9 for instance, and stops"
        " if that does not like the configuration"
    )
    sources = (
        "internal/pkg/manifest/workload_ecs.go: LogImage",
        "Amazon ECS developer guide: Container image resolution",
        "aws/aws-for-fluent-bit#371",
        "aws/aws-for-fluent-bit#1002",
        "aws/aws-for-fluent-bit#1117",
        "aws/aws-for-fluent-bit#1181",
    )
    good = (
        f"""
        logging:
          image: {NEWEST}
          destination: {{Name: datadog}}
        """,
        "logging: {retention: 7}",
    )
    bad = (
        Bad(
            """
            logging:
              destination: {Name: datadog}
            # ^^^^^^^^^^^ SL213
            """,
            fixed=f"image: {NEWEST}",
        ),
    )
    also_bad = (
        Bad(
            """
            logging:
              destination: {Name: ours}
            # ^^^^^^^^^^^ SL213
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        destination = manifest.mapping("logging", "destination")
        if destination.entries and manifest.get("logging", "image") is None:
            effect = None
            if manifest.kind == _JOB:
                effect = "a run may get another release of Fluent Bit, and fails if that does not like this"
            yield self.finding(
                destination.key or destination,
                "the log router's image is not pinned",
                help=f"name a release: image: {NEWEST}",
                effect=effect,
                fixes=_pinned(manifest, destination.key),
            )


def _pinned(manifest: Manifest, key: Scalar | None) -> tuple[Fix, ...]:
    """The newest release on a line of its own, where all that is written means the same in it."""
    output = deployed_log_output(manifest)
    if key is None or key.alias or output is None or any(changes_meaning(output)):
        return ()
    indent = manifest.document.source.text[: key.span.start].rpartition("\n")[2]
    if indent.strip():
        return ()
    inserted = f"image: {NEWEST}\n{indent}"
    return (Fix("pin the newest release", (Edit(Span(key.span.start, key.span.start), inserted),)),)
