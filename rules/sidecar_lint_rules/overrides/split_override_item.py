from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage, as_mapping, enumerated


class SplitOverrideItem(Rule):
    """Several overrides are to fill one item of a list, and each appends one of its own.

    `[-]` in a path of `taskdef_overrides` is a new item every time. So `Ulimits[-].Name` and
    `Ulimits[-].HardLimit` make two limits, one with a name and one with a limit. An override that ends in `[-]`
    takes the whole item as its value.
    """

    code, name = "SL847", "split-override-item"
    severity, stage = Severity.WARNING, Stage.DEPLOY
    effect = "the list gets several items of one field each"
    sources = ("internal/pkg/template/override/rule.go", "asked of the released binary")
    good = (
        """
        taskdef_overrides:
          - path: ContainerDefinitions[0].Ulimits[-]
            value: {Name: nofile, SoftLimit: 1024, HardLimit: 2048}
          - {path: 'ContainerDefinitions[0].DependsOn[-].ContainerName', value: init}
          - {path: 'ContainerDefinitions[1].DependsOn[-].Condition', value: START}
        """,
        """
        taskdef_overrides:
          - {path: 'Volumes[-].Name', value: one}
          - {path: 'Volumes[-].Name', value: two}
        """,
    )
    bad = (
        Bad(
            """
            taskdef_overrides:
              - {path: 'ContainerDefinitions[0].Ulimits[-].Name', value: nofile}
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL847
              - {path: 'ContainerDefinitions[0].Ulimits[-].SoftLimit', value: 1024}
              - {path: 'ContainerDefinitions[0].Ulimits[-].HardLimit', value: 2048}
            """
        ),
    )
    also_bad = (
        Bad(
            """
            taskdef_overrides:
              - {path: 'ContainerDefinitions[0].Ulimits[-].Name', value: nofile}
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL847
              - {path: 'ContainerDefinitions[0].Ulimits[-].SoftLimit', value: 1024}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.is_ecs:
            return
        paths = [as_mapping(item).get("path") for item in manifest.sequence("taskdef_overrides").items]
        fields = [field for path in paths if isinstance(path, Scalar) for field in [_field(path)]]
        for (items, _), group in groupby(fields, key=lambda each: each[:2]):
            found = list(group)
            names = [name for _, _, name, _ in found]
            if items and len(set(names)) == len(names) > 1:
                path = f"{items}[-]"
                message = f"each of these overrides appends an item: {path} is {len(names)} items"
                help_ = f"write one override: `path: {path}`, with a map of {enumerated(names, ' and ')} as its value"
                yield self.finding(found[0][3], message, help=help_)


def _field(path: Scalar) -> tuple[str, str, str, Scalar]:
    """The list that a path appends to, what is below the new item, and the path; empty where it does neither."""
    match = re.fullmatch(_APPENDED, path.text)
    return (match[1], "", match[2], path) if match else ("", path.text, "", path)


_APPENDED: Final = r"([^-]*(?:-(?!\])[^-]*)*)\[-\]\.([A-Za-z]+)"
