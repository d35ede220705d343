from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Suppressions


class BlanketSuppression(Rule):
    """A comment suppresses every rule there is.

    It was written about one finding, and hides every other, those to come included. Name the rules
    that are meant, with commas: `ignore[SL101, SL106]`.
    """

    code, name = "SL022", "blanket-suppression"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "it hides whatever is wrong there, and whatever will be"
    sources = ("docs/suppressing.md",)
    good = ("count: 1  # sidecar-lint: ignore[SL001]",)
    bad = (
        Bad(
            """
            count: 1  # sidecar-lint: ignore
            #         ^^^^^^^^^^^^^^^^^^^^^^ SL022
            """,
            fixed="count: 1\n",
        ),
    )

    def check_suppressions(self, suppressions: Suppressions) -> Iterator[Finding]:
        for each in suppressions.understood:
            if not each.is_blanket:
                continue
            codes = suppressions.taken(each)
            fixes = suppressions.naming(each, codes) if codes else suppressions.removing(each, safe=False)
            help_ = f"write `[{', '.join(codes)}]`" if codes else "name the rules, or take it out"
            yield self.finding(each.span, "no rule is named", help=help_, fixes=fixes)
