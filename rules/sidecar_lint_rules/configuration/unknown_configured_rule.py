from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.configuration._mistakes import findings

if TYPE_CHECKING:
    from sidecar_lint import CheckedConfiguration


class UnknownConfiguredRule(Rule):
    """The configuration names a rule that does not exist.

    Rules are named by code, by name, or by the beginning of a code for all that begin so. Those of
    somebody else are known where their package is installed, and those of a file where `plugins`
    names it and you allow it. Where they are left out (SL036), no word is called unknown.
    """

    code, name = "SL033", "unknown-configured-rule"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "it selects, ignores or changes nothing"
    sources = ("docs/configuration.md",)
    good = (
        """
        # file: .sidecar-lint.yml
        ignore: [SL106, SL2, unknown-retention]
        """,
    )
    bad = (
        Bad(
            """
            # file: .sidecar-lint.yml
            ignore: [unpined-image]
            #        ^^^^^^^^^^^^^ SL033
            """,
            fixed="[unpinned-image]",
        ),
    )

    def check_configuration(self, configuration: CheckedConfiguration) -> Iterator[Finding]:
        yield from findings(self, configuration, "rule")
