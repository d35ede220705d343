from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.configuration._mistakes import findings

if TYPE_CHECKING:
    from sidecar_lint import CheckedConfiguration


class UnknownSetting(Rule):
    """The configuration has a setting that does not exist.

    Settings are written with hyphens. `sidecar-lint config` shows what is in force, and where it is
    written. For the options of a rule, `sidecar-lint rule CODE` shows which there are.
    """

    code, name = "SL031", "unknown-setting"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "it does not count"
    sources = ("docs/configuration.md",)
    good = (
        """
        # file: .sidecar-lint.yml
        per-file-ignores: {"legacy/**": [SL106]}
        """,
    )
    bad = (
        Bad(
            """
            # file: .sidecar-lint.yml
            fail_on: error
            ^^^^^^^ SL031
            rules:
              SL106: {alow: [example.com]}
            #         ^^^^ SL031
            """,
            fixed="fail-on: error",
        ),
    )

    def check_configuration(self, configuration: CheckedConfiguration) -> Iterator[Finding]:
        yield from findings(self, configuration, "setting")
