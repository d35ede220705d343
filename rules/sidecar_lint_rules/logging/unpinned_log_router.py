from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    JOB,
    LOG_ROUTER,
    Bad,
    Edit,
    Finding,
    Fix,
    Manifest,
    Mapping,
    Node,
    Rule,
    Scalar,
    Severity,
    Span,
    Stage,
    deployed_log_output,
    is_container_overridden,
    log_router,
)
from sidecar_lint_rules.logging._releases import NEWEST, changes_meaning

#: Tags that come to stand for another release.
_MOVING = ("", "latest", "stable")


class UnpinnedLogRouter(Rule):
    """The log router is AWS's image under a tag that moves.

    Without `logging.image` Copilot takes `aws-for-fluent-bit:stable`; `latest`, or no tag, is no other matter. The tasks of a service keep the
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
        """
        logging: {destination: {Name: datadog}}
        taskdef_overrides:
          - path: ContainerDefinitions[1].Image
            value: example.com/fluent-bit:1
        """,
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
        Bad(
            """
            logging:
              image: amazon/aws-for-fluent-bit:latest
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL213
              destination: {Name: datadog}
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
        destination, image = manifest.mapping("logging", "destination"), manifest.get("logging", "image")
        if is_container_overridden(manifest, LOG_ROUTER, "Image"):
            return
        effect = None
        if manifest.kind == JOB:
            effect = "a run may get another release of Fluent Bit, and fails if that does not like the configuration"
        if destination.entries and image is None:
            yield self.finding(
                destination.key or destination,
                "the log router's image is not pinned",
                help=f"name a release: image: {NEWEST}",
                effect=effect,
                fixes=_pinned(manifest, destination.key),
                follows_from=_without_router(destination),
            )
        elif isinstance(image, Scalar) and _moves(manifest, image):
            newest = NEWEST.replace(":", ":init-") if ":init-" in image.text else NEWEST
            output = deployed_log_output(manifest)
            same = output is not None and not any(changes_meaning(output))
            yield self.finding(
                image,
                f"the tag of {image.text!r} moves",
                help=f"name a release: {newest}",
                effect=effect,
                replace=newest if same else None,
            )


def _without_router(destination: Mapping) -> list[tuple[str, Node]]:
    """Where nothing is written but what Docker's own driver takes, no log router is meant."""
    is_other = all(key.text.startswith("awslogs-") for key, _ in destination)
    return [("SL202", destination.key or destination)] if is_other else []


def _moves(manifest: Manifest, image: Scalar) -> bool:
    """Whether it is AWS's own image, under a tag that is no release."""
    if not log_router(manifest.mapping("logging")).is_stock:
        return False
    name = image.text.rpartition("/")[2]
    return "@" not in name and name.partition(":")[2].removeprefix("init-") in _MOVING


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
