from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.configuration._mistakes import findings

if TYPE_CHECKING:
    from sidecar_lint import CheckedConfiguration


class UnknownConfiguredEnvironment(Rule):
    """The configuration names an environment that the workspace does not have.

    Names are compared letter by letter. An environment can exist without a manifest under
    `copilot/environments/`, so a name is flagged only where it is nearly one that has a manifest, or the
    same stage in full or in short: `production` where there is `prod`.
    """

    code, name = "SL040", "unknown-configured-environment"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "what it says of the environment does not count"
    sources = ("docs/configuration.md",)
    good = (
        """
        # file: .sidecar-lint.yml
        environments: {prod: {ignore: [SL106]}, live: {ignore: [SL106]}}
        # file: copilot/environments/prod/manifest.yml
        name: prod
        """,
    )
    bad = (
        Bad(
            """
            # file: .sidecar-lint.yml
            environments:
              production: {ignore: [SL106]}
            # ^^^^^^^^^^ SL040
            # file: copilot/environments/prod/manifest.yml
            name: prod
            """,
            fixed="  prod: {ignore: [SL106]}",
        ),
    )

    def check_configuration(self, configuration: CheckedConfiguration) -> Iterator[Finding]:
        yield from findings(self, configuration, "environment")
