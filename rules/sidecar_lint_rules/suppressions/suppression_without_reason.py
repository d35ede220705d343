from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Suppressions


class SuppressionWithoutReason(Rule):
    """A comment suppresses and does not say why.

    Reported only where the configuration has `require-reasons: true`: you decided that whoever comes
    later should read why a finding does not count. Write it behind the bracket.
    """

    code, name = "SL025", "suppression-without-reason"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "nobody will know why"
    sources = ("docs/suppressing.md",)
    good = (
        "count: 1  # sidecar-lint: ignore[SL001]",
        """
        # file: .sidecar-lint.yml
        require-reasons: true
        # file: copilot/api/manifest.yml
        count: 1  # sidecar-lint: ignore[SL001] this is why
        """,
    )
    bad = (
        Bad(
            """
            # file: .sidecar-lint.yml
            require-reasons: true
            # file: copilot/api/manifest.yml
            count: 1  # sidecar-lint: ignore[SL001]
            #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL025
            """
        ),
    )

    def check_suppressions(self, suppressions: Suppressions) -> Iterator[Finding]:
        for each in suppressions.understood if suppressions.require_reasons else ():
            if not each.instruction.reason:
                yield self.finding(each.span, "there is no reason", help="write it behind the bracket")
