from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.configuration._mistakes import findings

if TYPE_CHECKING:
    from sidecar_lint import CheckedConfiguration


class UnreadableConfiguration(Rule):
    """The configuration is not YAML, or no map of settings.

    Nothing of it counts then: the files around it are linted as if there were none.
    """

    code, name = "SL030", "unreadable-configuration"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "nothing of it counts"
    sources = ("docs/configuration.md",)
    good = (
        """
        # file: .sidecar-lint.yml
        fail-on: error
        """,
    )
    bad = (
        Bad(
            """
            # file: .sidecar-lint.yml
            ignore: [SL106
            fail-on: error
            #      ^ SL030
            """
        ),
    )

    def check_configuration(self, configuration: CheckedConfiguration) -> Iterator[Finding]:
        yield from findings(self, configuration, "unreadable")
