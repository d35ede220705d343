from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Refusal,
    Rule,
    Scalar,
    Severity,
    Stage,
    closest,
    enumerated,
    generated_template,
    refusal_stage,
)

_POINTER: Final = r"/?(?:Resources/TaskDefinition/Properties/)?([A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)"
_INDEX: Final = r"/(\d+|-)(?=/|$)"


class InvalidOverridePath(Rule):
    """A path of `taskdef_overrides` leads nowhere.

    A path names a property of the task definition as CloudFormation spells it, with a dot between the parts
    and the index of an item in brackets: `ContainerDefinitions[0].Ulimits[-].Name`. `[-]` stands for a new
    item at the end. Maps that are missing on the way are made, lists are not, and an index must be there:
    the main container is `ContainerDefinitions[0]`, behind it come the log router and the collector where
    there are any, then the sidecars by name. The paths of `overrides/cfn.patches.yml` are of another kind.

    The overrides are applied when Copilot makes the template, to each environment's own.
    """

    code, name = "SL740", "invalid-override-path"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot makes no template of it, and the images may be built and pushed by then"
    sources = ("internal/pkg/template/override/rule.go",)
    good = (
        """
        taskdef_overrides:
          - {path: 'ContainerDefinitions[0].Ulimits[-].Name', value: nofile}
          - {path: 'New.Deep[-].Key', value: x}
        """,
    )
    bad = (
        Bad(
            """
            type: Backend Service
            name: api
            taskdef_overrides:
              - {path: 'ContainerDefinitions[5].Cpu', value: 128}
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL740
            """
        ),
        Bad(
            """
            type: Backend Service
            name: api
            taskdef_overrides:
              - {path: /ContainerDefinitions/0/Cpu, value: 128}
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL740
            """,
            fixed='{path: "ContainerDefinitions[0].Cpu", value: 128}',
        ),
        Bad(
            """
            type: Backend Service
            name: api
            taskdef_overrides:
              - {path: 'containerDefinitions[0].Cpu', value: 128}
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL740
            """,
            fixed="{path: 'ContainerDefinitions[0].Cpu', value: 128}",
        ),
    )
    also_bad = (
        Bad(
            """
            taskdef_overrides: [{path: 'ContainerDefinitions[0].Ulimits[0].Name', value: nofile}]
            #                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL740
            """
        ),
        Bad(
            """
            taskdef_overrides: [{path: 'Volumes[0].Name', value: data}]
            #                          ^^^^^^^^^^^^^^^^^ SL740
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.get("taskdef_overrides") is None:
            return
        for refusal in generated_template(manifest).override_refusals:
            if not isinstance(refusal.node, Scalar) or refusal.node.known:
                yield self._finding(manifest, refusal)

    def _finding(self, manifest: Manifest, refusal: Refusal) -> Finding:
        text = refusal.node.text if isinstance(refusal.node, Scalar) else ""
        _, _, said = refusal.message.partition(": ")
        better = _meant(text, refusal)
        return self.finding(
            refusal.node,
            f"the path {text!r} leads nowhere" if text else "an override has no path",
            effect=f"{self.effect}: {said}",
            help="" if better else _help(manifest, refusal),
            replace=better,
            stage=refusal_stage(manifest),
        )


def _meant(text: str, refusal: Refusal) -> str | None:
    if pointer := re.fullmatch(_POINTER, text):
        return re.sub(_INDEX, r"[\1]", pointer[1]).replace("/", ".") if "/" in text else None
    key = refusal.segment
    nearest = closest(key, refusal.there) if "[" not in key else None
    return text.replace(key, nearest, 1) if key and nearest else None


def _help(manifest: Manifest, refusal: Refusal) -> str:
    if "[" in refusal.segment and refusal.there:
        items = (f"{at} is {name or manifest.name}" for at, name in enumerate(refusal.there))
        return f"{enumerated(items)}; `[-]` adds an item"
    if refusal.there:
        return f"there is no {refusal.segment} yet: `{refusal.segment}[-]` makes it"
    return "write the path as in `ContainerDefinitions[0].Ulimits[-].Name`"
