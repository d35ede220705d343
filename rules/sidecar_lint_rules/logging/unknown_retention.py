from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import (
    Bad,
    EnvironmentManifest,
    Finding,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    is_overridden,
)

if TYPE_CHECKING:
    from sidecar_lint import Patches

_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545),
    *(731, 1096, 1827, 2192, 2557, 2922, 3288, 3653),
)

#: Where in the template of a workload it is.
_PLACE: Final = ("Resources", "LogGroup", "Properties", "RetentionInDays")


class UnknownRetention(Rule):
    """CloudWatch Logs does not know this number of days.

    A log group keeps its events for one of 22 periods: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180,
    365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days. Copilot takes any number
    and hands it on, for the logs of a workload as for the flow logs of an environment. "Keep for ever"
    has no number: it takes an override that removes `RetentionInDays` from the log group of the
    template.
    """

    code, name = "SL201", "unknown-retention"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    in_schema = True
    effect = "CloudFormation cannot make the log group: the retention is none of the values it allows"
    sources = (
        "AWS API reference, CloudWatch Logs: PutRetentionPolicy",
        "aws/copilot-cli#3946",
        "aws/copilot-cli#5587",
    )
    good = (
        "logging: {retention: 14}",
        "logging: {retention: 1096}",
        "logging: {retention: 7.9}",
        """
        logging: {retention: 0}
        # file: copilot/api/overrides/cfn.patches.yml
        - op: remove
          path: /Resources/LogGroup/Properties/RetentionInDays
        """,
    )
    bad = (
        Bad(
            """
            logging:
              retention: 10
            #            ^^ SL201
            """,
            fixed="retention: 7",
        ),
        Bad(
            """
            logging:
              retention: 0
            #            ^ SL201
            """
        ),
        Bad(
            """
            logging: {retention: 0}
            # file: copilot/api/overrides/cfn.patches.yml
            - op: replace
              path: /Resources/LogGroup/Properties/RetentionInDays
              value: 10
            #        ^^ SL201
            """,
            fixed="value: 7",
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network: {vpc: {flow_logs: {retention: 8}}}
            #                                      ^ SL201
            """,
            fixed="retention: 7",
        ),
    )
    also_good = (
        """
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {flow_logs: true}}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        retention = manifest.scalar("logging", "retention") if manifest.is_ecs else None
        if retention is not None and not is_overridden(manifest, *_PLACE):
            yield from self._look(retention)

    def check_patches(self, patches: Patches) -> Iterator[Finding]:
        for patch in patches.file.patches if patches.workload else ():
            if patch.steps == _PLACE and patch.is_applicable and isinstance(patch.value, Scalar):
                yield from self._look(patch.value)

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        retention = environment.scalar("network", "vpc", "flow_logs", "retention")
        if retention is not None and not environment.overrides_template("RetentionInDays"):
            yield from self._look(retention)

    def _look(self, retention: Scalar) -> Iterator[Finding]:
        days = retention.as_int if retention.known else None
        if days is None or days in _DAYS:
            return
        message = f"logs cannot be kept for {days} days"
        if days <= 0:
            help_ = "write one of 1 to 3653 days; to keep logs for ever takes an override of the template"
            yield self.finding(retention, message, help=help_)
        else:
            nearest = min(reversed(_DAYS), key=lambda each: abs(each - days))
            yield self.finding(retention, message, replace=str(nearest))
