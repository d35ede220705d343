from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.configuration._mistakes import findings

if TYPE_CHECKING:
    from sidecar_lint import CheckedConfiguration


class UnusablePlugin(Rule):
    """Rules that the configuration names cannot be loaded.

    The file is not there, Python cannot run it, it has no rule, or one of its rules has a code or
    name that is taken. They are loaded only where you allow it, with `--allow-plugins`.
    """

    code, name = "SL034", "unusable-plugin"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "its rules are not run"
    sources = ("docs/configuration.md",)
    good = (
        """
        # file: .sidecar-lint.yml
        plugins: []
        """,
    )
    bad = (
        Bad(
            """
            # file: .sidecar-lint.yml
            plugins: [lint/our_rules.py]
            #         ^^^^^^^^^^^^^^^^^ SL034
            """,
            allow_plugins=True,
        ),
    )

    def check_configuration(self, configuration: CheckedConfiguration) -> Iterator[Finding]:
        yield from findings(self, configuration, "plugin")
