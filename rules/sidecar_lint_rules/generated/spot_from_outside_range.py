from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    JOB,
    Bad,
    Finding,
    Manifest,
    Mapping,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    is_overridden,
)

#: What of the template decides: where tasks run, and how many.
_DECIDING: Final = (
    ("Resources", "Service", "Properties", "CapacityProviderStrategy"),
    ("Resources", "AutoScalingTarget", "Properties", "MinCapacity"),
    ("Resources", "AutoScalingTarget", "Properties", "MaxCapacity"),
)


class SpotFromOutsideRange(Rule):
    """`spot_from` lies outside of the range in which tasks scale.

    From the task of that number on, tasks are to run on Fargate Spot, and those before it on Fargate. Copilot gives
    Fargate its share, `Base: spot_from - 1`, only where `spot_from` is `min` at least. With a smaller number, Spot is
    all that the template has, so the first tasks run there as well and may be stopped with two minutes' notice. With a
    number above `max` there is never a task that late.
    """

    code, name = "SL753", "spot-from-outside-range"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "every task runs on Fargate Spot, the first ones, too"
    sources = ("internal/pkg/deploy/cloudformation/stack/transformers.go: convertCapacityProviders",)
    good = (
        "count: {range: {min: 1, max: 10, spot_from: 1}, cpu_percentage: 70}",
        "count: {range: {min: 3, max: 10, spot_from: 1}, cpu_percentage: 70}",
        "count: {range: {min: 3, max: 10, spot_from: 3}, cpu_percentage: 70}",
        "count: {range: {min: 3, max: 10, spot_from: 10}, cpu_percentage: 70}",
        """
        count: {range: {min: 3, max: 10, spot_from: 2}, cpu_percentage: 70}
        # file: copilot/api/overrides/cfn.patches.yml
        - op: add
          path: /Resources/Service/Properties/CapacityProviderStrategy/-
          value: {CapacityProvider: FARGATE, Weight: 0, Base: 1}
        """,
    )
    bad = (
        Bad(
            """
            count:
              range: {min: 3, max: 10, spot_from: 2}
            #                                     ^ SL753
              cpu_percentage: 70
            environments:
              test: {count: {range: {min: 1, max: 2, spot_from: 3}}}
            #                                                   ^ SL753
            """
        ),
    )
    also_good = (
        """
        type: Scheduled Job
        count: {range: {min: 3, max: 10, spot_from: 2}}
        """,
        """
        type: Request-Driven Web Service
        count: {range: {min: 3, max: 10, spot_from: 2}}
        """,
        "count: {range: {max: 10, spot_from: 11}}",
        """
        count: {range: {min: 3, max: 10, spot_from: 2}, cpu_percentage: 70}
        # file: copilot/api/overrides/cfn.patches.yml
        - {op: replace, path: /Resources/AutoScalingTarget/Properties/MinCapacity, value: 1}
        """,
        """
        count: {range: {min: 1, max: 2, spot_from: 3}, cpu_percentage: 70}
        # file: copilot/api/overrides/cfn.patches.yml
        - {op: replace, path: /Resources/AutoScalingTarget/Properties/MaxCapacity, value: 10}
        """,
    )
    also_bad = (
        Bad(
            """
            count: {range: {min: 3, max: 3, spot_from: 4}}
            #                                          ^ SL753
            """
        ),
        Bad(
            """
            count: {range: {min: 0, max: 1, spot_from: 2}, cpu_percentage: 70}
            #                                          ^ SL753
            # file: copilot/api/overrides/cfn.patches.yml
            - {op: add, path: /Resources/AutoScalingTarget/DependsOn, value: Service}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        band = manifest.get("count", "range")
        if not isinstance(band, Mapping) or not manifest.is_ecs or manifest.kind == JOB:
            return
        least, most, start = (_number(band, name) for name in ("min", "max", "spot_from"))
        if least is None or most is None or start is None or least[1] > most[1]:
            return
        if start[1] > most[1]:
            tasks = "is 1 task" if most[1] == 1 else f"are {most[1]} tasks"
            message = f"no task runs on Spot: spot_from is {start[1]}, and there {tasks} at most"
            help_ = "write a number up to that of `max`, or leave `spot_from` out"
            found = self.finding(
                start[0], message, help=help_, effect="they all run on Fargate, at its price"
            )
        elif 1 < start[1] < least[1]:
            message = f"spot_from is {start[1]}, which is less than the {least[1]} tasks of `min`"
            help_ = (
                f"write {least[1]} or more, so that Fargate gets its share, or 1 where all may run on Spot"
            )
            related = (Related(least[0].place, "the minimum"),)
            found = self.finding(start[0], message, help=help_, related=related)
        else:
            return
        if not any(is_overridden(manifest, *steps) for steps in _DECIDING):
            yield found


def _number(band: Mapping, name: str) -> tuple[Scalar, int] | None:
    node = band.get(name)
    if not isinstance(node, Scalar) or not node.known:
        return None
    return None if node.as_int is None else (node, node.as_int)
