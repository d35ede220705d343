from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import (
    Bad,
    Finding,
    Rule,
    Severity,
    Stage,
    enumerated,
)

if TYPE_CHECKING:
    from sidecar_lint import Suppressions


class UnusedSuppression(Rule):
    """A comment suppresses a rule that finds nothing there.

    What it was about is repaired, or the comment stands in the wrong place. Left where it is, it
    would hide the next mistake of that kind.

    A comment at the end of a line is about what begins on that line. One on a line of its own is
    about the whole key below it. A rule that is not run, because it is not selected or is ignored,
    cannot be judged, and is not reported.
    """

    code, name = "SL020", "unused-suppression"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "it would hide the next mistake of that kind"
    sources = ("docs/suppressing.md",)
    good = (
        "sidecars:\n  nginx: {image: nginx}  # sidecar-lint: ignore[SL106] built every night",
        "variables: {A: '# sidecar-lint: ignore[SL020]'}",
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx: {image: 'nginx:1.27'}  # sidecar-lint: ignore[SL020] built every night
            #                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL020
            """,
            fixed="nginx: {image: 'nginx:1.27'}\n",
        ),
    )
    also_bad = (
        Bad(
            """
            count: 1  # sidecar-lint: ignore[SL020, unpinned-image] by hand
            #                                ^^^^^ SL020
            """
        ),
    )

    def check_suppressions(self, suppressions: Suppressions) -> Iterator[Finding]:
        for each in suppressions.understood:
            unused = suppressions.unused(each)
            if unused and len(unused) == len(each.words):
                fixes = suppressions.removing(each, safe=True)
                words = enumerated(word.text for word in unused)
                yield self.finding(each.span, f"{words} finds nothing here", help="take it out", fixes=fixes)
            elif unused:
                for word, fixes in suppressions.dropping(each, unused):
                    message = f"{word.text} finds nothing here"
                    yield self.finding(word.span, message, help="take it out", fixes=fixes)
