from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Edit, Finding, Fix, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Suppressions


class MalformedSuppression(Rule):
    """A comment for sidecar-lint cannot be understood.

    It says `sidecar-lint:` and then none of what there is: `ignore[CODE]` and `ignore-file[CODE]`,
    each with a reason behind it and `until=2027-01-31` where it is to end.
    """

    code, name = "SL023", "malformed-suppression"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "it suppresses nothing"
    sources = ("docs/suppressing.md",)
    good = (
        "count: 1  # sidecar-lint: ignore[SL001] until=2999-12-31 SL002 is not a reason",
        "# see sidecar-lint: it is good\ncount: 1",
    )
    bad = (
        Bad(
            """
            count: 1  # sidecar-lint: ingore[SL001]
            #                         ^^^^^^ SL023
            cpu: 256  # sidecar-lint: ignore SL001
            #                         ^^^^^^^^^^^^ SL023
            """,
            fixed="cpu: 256  # sidecar-lint: ignore[SL001]",
        ),
        Bad(
            """
            count: 1  # sidecar-lint: ignore[SL001] until=2027-02-30
            #                                             ^^^^^^^^^^ SL023
            cpu: 256  # sidecar-lint: ignore[SL001
            #                               ^^^^^^ SL023
            """
        ),
        Bad(
            """
            count: 1  # sidecar_lint: ignore[SL001] the dash is another
            #           ^^^^^^^^^^^^^ SL023
            cpu: 256  # sidecar-lint ignore[SL001] there is no colon
            #           ^^^^^^^^^^^^ SL023
            """,
            fixed="cpu: 256  # sidecar-lint: ignore[SL001] there is no colon",
        ),
    )

    def check_suppressions(self, suppressions: Suppressions) -> Iterator[Finding]:
        for each in suppressions.all:
            instruction = each.instruction
            if not instruction.problem:
                continue
            place, right = each.wrong, instruction.correction
            edits = (Edit(place, right),) if right and each.editable else ()
            yield self.finding(
                place,
                instruction.problem,
                help=f"write `{right}`" if right else "write `ignore[CODE] reason`",
                fixes=(Fix(f"write `{right}`", edits),) if edits else (),
            )
