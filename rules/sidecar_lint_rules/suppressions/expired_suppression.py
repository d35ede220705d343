from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Suppressions


class ExpiredSuppression(Rule):
    """A comment suppresses until a day, and that day has come.

    It suppresses no more, so what it was about is reported again. Repair that, or give it another
    day.
    """

    code, name = "SL024", "expired-suppression"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "it suppresses no more"
    sources = ("docs/suppressing.md",)
    good = ("count: 1  # sidecar-lint: ignore[SL001] until=2999-12-31",)
    bad = (
        Bad(
            """
            count: 1  # sidecar-lint: ignore[SL001] until=2020-01-31 waits for the new image
            #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL024
            """,
            fixed="count: 1\n",
        ),
    )

    def check_suppressions(self, suppressions: Suppressions) -> Iterator[Finding]:
        for each in suppressions.expired:
            yield self.finding(
                each.span,
                f"this ended on {each.instruction.until}",
                help="take it out, or give it another day",
                fixes=suppressions.removing(each, safe=False),
            )
