from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import SCALING_PERCENTAGES, Bad, Finding, Manifest, Mapping, Rule, Scalar, Severity, Stage

_MOST: Final = 100


class PercentageOutOfRange(Rule):
    """A percentage to scale on is not between 0 and 100.

    `cpu_percentage` and `memory_percentage` are the average use that autoscaling aims at.
    """

    code, name = "SL067", "percentage-out-of-range"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: a percentage is a whole number from 0 to 100"
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: Percentage.validate",)
    good = ("count: {range: 1-10, cpu_percentage: 100, memory_percentage: {value: 0}}",)
    bad = (
        Bad(
            """
            count:
              range: 1-10
              cpu_percentage: 101
            #                 ^^^ SL067
              memory_percentage: {value: -1}
            #                            ^^ SL067
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.scaling.possible:
            return
        for name in SCALING_PERCENTAGES:
            node = manifest.get("count", name)
            value = node.get("value") if isinstance(node, Mapping) else node
            number = value.as_int if isinstance(value, Scalar) else None
            if value is not None and number is not None and not 0 <= number <= _MOST:
                message = f"{name} of {number} is not between 0 and {_MOST}"
                yield self.finding(value, message, help=f"write a whole number from 0 to {_MOST}")
