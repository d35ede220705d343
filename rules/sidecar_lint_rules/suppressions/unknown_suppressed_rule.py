from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Edit, Finding, Fix, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Suppressions


class UnknownSuppressedRule(Rule):
    """A comment suppresses a rule that does not exist.

    No rule has that code or name, so nothing is suppressed. Codes are written in full: `SL1` stands
    for a family in the configuration only. A rule of somebody else's is known where its package is
    installed. Where rules of the repository are left out (SL036), no word is called unknown.
    """

    code, name = "SL021", "unknown-suppressed-rule"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "it suppresses nothing"
    sources = ("docs/suppressing.md",)
    good = ("count: 1  # sidecar-lint: ignore[SL001, unpinned-image]",)
    bad = (
        Bad(
            """
            count: 1  # sidecar-lint: ignore[SL001, unpined-image]
            #                                       ^^^^^^^^^^^^^ SL021
            """,
            fixed="ignore[SL001, unpinned-image]",
        ),
    )
    also_bad = (
        Bad(
            """
            count: 1  # sidecar-lint: ignore[SL001, whatever]
            #                                       ^^^^^^^^ SL021
            """
        ),
    )

    def check_suppressions(self, suppressions: Suppressions) -> Iterator[Finding]:
        for each in suppressions.understood:
            for word in each.words:
                if suppressions.is_unknown(word):
                    near = suppressions.nearest(word)
                    edit = (Edit(word.span, near),) if near and each.editable else ()
                    yield self.finding(
                        word.span,
                        f"no rule is called {word.text!r}",
                        help=f"write `{near}`"
                        if near
                        else "write a whole code or a name: `sidecar-lint rules` lists them",
                        fixes=(Fix(f"write `{near}`", edit),) if edit else (),
                    )
