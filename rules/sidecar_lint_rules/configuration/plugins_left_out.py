from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.configuration._mistakes import findings

if TYPE_CHECKING:
    from sidecar_lint import CheckedConfiguration


class PluginsLeftOut(Rule):
    """The configuration names rules of the repository, and nobody allowed them.

    They are Python code of whoever wrote the repository, or the pull request, and would run with your
    rights. So they load only where you say so from outside: with `--allow-plugins`, with the variable
    `SIDECAR_LINT_ALLOW_PLUGINS=1`, in an editor by its settings, or with `--config` and a file that
    lies outside of the repository. Rules of installed packages load always.

    All other rules are run. Words that no rule answers to are not called unknown meanwhile, since they
    may name what was left out.
    """

    code, name = "SL036", "plugins-left-out"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "none of these rules is run"
    sources = ("docs/configuration.md",)
    good = (
        """
        # file: .sidecar-lint.yml
        plugins: []
        ignore: [SL106]
        """,
    )
    bad = (
        Bad(
            """
            # file: .sidecar-lint.yml
            plugins: [lint/our_rules.py]
            ^^^^^^^ SL036
            ignore: [OUR101]
            """
        ),
    )

    def check_configuration(self, configuration: CheckedConfiguration) -> Iterator[Finding]:
        yield from findings(self, configuration, "left-out")
