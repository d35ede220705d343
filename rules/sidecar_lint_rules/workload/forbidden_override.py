from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Mapping, Rule, Scalar, Severity, Stage

_FORBIDDEN = r"Family|ContainerDefinitions\[[0-9]+\].Name"


class ForbiddenOverride(Rule):
    """`taskdef_overrides` changes a name that Copilot relies on.

    The family of the task definition and the names of its containers are how Copilot finds them
    again, so it does not let go of them.
    """

    code, name = "SL078", "forbidden-override"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: this property cannot be overridden"
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: OverrideRule.validate",)
    good = ("taskdef_overrides: [{path: 'ContainerDefinitions[0].Ulimits[-].Name', value: nofile}]",)
    bad = (
        Bad(
            """
            taskdef_overrides:
              - path: ContainerDefinitions[0].Name
            #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL078
                value: web
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for rule in manifest.sequence("taskdef_overrides") if manifest.is_ecs else ():
            path = rule.get("path") if isinstance(rule, Mapping) else None
            if isinstance(path, Scalar) and path.known and re.fullmatch(_FORBIDDEN, path.text):
                message = f"{path.text} cannot be overridden"
                yield self.finding(path, message, help="leave this override out")
