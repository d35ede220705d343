from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.configuration._mistakes import findings

if TYPE_CHECKING:
    from sidecar_lint import CheckedConfiguration


class UnusableFile(Rule):
    """A file that the configuration names cannot be used.

    It is not there, or it is not what it should be. Paths start from the folder of the
    configuration. A baseline is written by `sidecar-lint --write-baseline FILE`.
    """

    code, name = "SL035", "unusable-file"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "it does not count"
    sources = ("docs/configuration.md",)
    good = (
        """
        # file: .sidecar-lint.yml
        baseline: known.json
        # file: known.json
        {"version": 1, "findings": []}
        """,
    )
    bad = (
        Bad(
            """
            # file: .sidecar-lint.yml
            baseline: known.json
            #         ^^^^^^^^^^ SL035
            collectors: {api: otel.yaml}
            #                 ^^^^^^^^^ SL035
            """
        ),
    )

    def check_configuration(self, configuration: CheckedConfiguration) -> Iterator[Finding]:
        yield from findings(self, configuration, "file")
