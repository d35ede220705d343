from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage
from sidecar_lint_rules.logging.invalid_destination_name import REGION

_SEVERAL = 2


class SharedRegion(Rule):
    """All environments send their logs to one region.

    Environments of a Copilot application may be in different regions, and Copilot does not fill in
    the region of an output. One that is written above `environments` holds for all of them. If they
    are in one region, all is well.
    """

    code, name = "SL209", "shared-region"
    severity, stage = Severity.INFO, Stage.TASK
    effect = "an environment in another region sends its logs across, or nowhere if there is no such log group or stream"
    sources = ("aws/copilot-cli#1725",)
    good = (
        """
        logging:
          destination: {Name: cloudwatch, log_group_name: /api, log_stream_prefix: a}
        environments:
          test: {logging: {destination: {region: us-west-2}}}
          prod: {logging: {destination: {region: eu-west-1}}}
        """,
        "logging: {destination: {Name: firehose, region: us-west-2, delivery_stream: logs}}",
        r"""
        logging: {destination: {Name: firehose, region: '\${AWS_REGION}', delivery_stream: logs}}
        environments: {test: {count: 1}, prod: {count: 2}}
        """,
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: cloudwatch
                region: us-west-2
            #           ^^^^^^^^^ SL209
            environments:
              test: {count: 1}
              prod: {count: 2}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        region = manifest.scalar("logging", "destination", "region") if manifest.is_ecs else None
        # The log router replaces a `${…}` that is left by what its own environment holds.
        if region is None or not region.known or not re.fullmatch(REGION, region.text):
            return
        named = [each for each in manifest.siblings if not each.is_base]
        sharing = [each for each in named if each.scalar("logging", "destination", "region") is region]
        if len(sharing) >= _SEVERAL and len(sharing) == len(named):
            help_ = r"write `\${AWS_REGION}`, which is the region of the task"
            yield self.finding(region, f"the logs of every environment go to {region.text}", help=help_)
