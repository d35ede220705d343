from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Patches


class PatchWithoutEffect(Rule):
    """A patch gives something the value that it has already, in every environment.

    It may have been needed with another version of Copilot or of the manifest. It can be taken out; as long as it
    is there, it must find its place in every environment (SL840).
    """

    code, name = "SL843", "patch-without-effect"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "nothing is changed"
    sources = ("the template that Copilot 1.34.1 makes",)
    good = (
        """
        image: {location: nginx, port: 80}
        environments: {prod: {logging: {retention: 7}}, test: {}}
        # file: copilot/api/overrides/cfn.patches.yml
        - {op: replace, path: /Resources/TaskDefinition/Properties/NetworkMode, value: host}
        - {op: add, path: /Resources/TaskDefinition/Properties/PidMode, value: null}
        - {op: add, path: /Resources/TaskDefinition/Properties/ContainerDefinitions/-, value: {Name: a}}
        """,
    )
    bad = (
        Bad(
            """
            image: {location: nginx, port: 80}
            # file: copilot/api/overrides/cfn.patches.yml
            - op: replace
              path: /Resources/TaskDefinition/Properties/NetworkMode
            #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL843
              value: awsvpc
            """
        ),
    )

    def check_patches(self, patches: Patches) -> Iterator[Finding]:
        for patch, places in patches.effects():
            everywhere = len(places) == len(patches.results)
            if everywhere and all(each.is_nothing for effects in places.values() for each in effects):
                yield self.finding(
                    patch.place, "the template has this value already", help="take the patch out"
                )
