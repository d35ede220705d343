from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage


class UnpinnedLogRouter(Rule):
    """The log router is Copilot's default image, whose tag moves.

    Without `logging.image` Copilot takes `aws-for-fluent-bit:stable`. A new task pulls whatever has
    that tag when it starts, so a new release can stop your service without a deployment of yours:
    the log router is essential, and releases under this tag have broken configurations before.
    """

    code, name = "SL213", "unpinned-log-router"
    severity, stage = Severity.INFO, Stage.TASK
    effect = (
        "a new task may get another release of Fluent Bit, and stops if that does not like the configuration"
    )
    sources = (
        "internal/pkg/manifest/workload_ecs.go: LogImage",
        "aws/aws-for-fluent-bit#371",
        "aws/aws-for-fluent-bit#1002",
    )
    good = (
        """
        logging:
          image: public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.3
          destination: {Name: datadog}
        """,
        "logging: {retention: 7}",
    )
    bad = (
        Bad(
            """
            logging:
              destination: {Name: datadog}
            # ^^^^^^^^^^^ SL213
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        destination = manifest.mapping("logging", "destination")
        if destination.entries and manifest.get("logging", "image") is None:
            place = destination.key or destination
            help_ = "name a release: image: public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.3"
            yield self.finding(place, "the log router's image is not pinned", help=help_)
