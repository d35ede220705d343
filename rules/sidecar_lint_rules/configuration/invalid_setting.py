from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.configuration._mistakes import findings

if TYPE_CHECKING:
    from sidecar_lint import CheckedConfiguration


class InvalidSetting(Rule):
    """A setting has a value that it cannot have.

    The setting is left out then, as if it were not written; everything else counts.
    """

    code, name = "SL032", "invalid-setting"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "it does not count"
    sources = ("docs/configuration.md",)
    good = (
        """
        # file: .sidecar-lint.yml
        fail-on: never
        copilot-version: 1.33
        """,
    )
    bad = (
        Bad(
            """
            # file: .sidecar-lint.yml
            fail-on: eror
            #        ^^^^ SL032
            ignore: SL106
            #       ^^^^^ SL032
            """,
            fixed="fail-on: error",
        ),
    )

    def check_configuration(self, configuration: CheckedConfiguration) -> Iterator[Finding]:
        yield from findings(self, configuration, "value")
