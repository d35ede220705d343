from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import PATCHES_FILE, Bad, Finding, Node, Rule, Severity, Span, Stage, closest

if TYPE_CHECKING:
    from sidecar_lint import Document


class UnreadOverrides(Rule):
    """The `overrides/` folder of a workload holds nothing that Copilot reads.

    Where there is such a folder, Copilot looks for `cfn.patches.yml` in it, then for the `cdk.json` of a CDK
    application. With neither it stops; a file called `cfn.patches.yaml` or `cfn.patches.json` is not seen.
    """

    code, name = "SL842", "unread-overrides"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot makes no template and says: "cdk.json" does not exist'
    sources = ("internal/pkg/override/override.go: Lookup", "asked of the released binary")
    good = (
        "name: api\n# file: copilot/api/overrides/cfn.patches.yml\n[]\n",
        "name: api\n# file: copilot/api/overrides/cdk.json\n{}\n# file: copilot/api/overrides/cfn.patches.yaml\n[]\n",
        "name: api\ntype: Backend Service\n",
    )
    bad = (
        Bad(
            """
            name: api
            #     ^^^ SL842
            # file: copilot/api/overrides/cfn.patches.yaml
            - {op: remove, path: /Resources/TaskDefinition/Properties/Cpu}
            """
        ),
        Bad(
            """
            name: api
            #     ^^^ SL842
            # file: copilot/api/overrides/README
            Nothing yet
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        overrides = document.workload.overrides if document.workload else None
        if overrides is None or not overrides.is_unusable:
            return
        near = closest(PATCHES_FILE, overrides.names)
        message = f"overrides/ of the workload has neither {PATCHES_FILE} nor cdk.json"
        if near:
            help_ = f"rename {overrides.path(near)} to {PATCHES_FILE}"
        else:
            help_ = f"write {overrides.path(PATCHES_FILE)}, if it holds no more than `[]`, or take the folder away"
        yield self.finding(_place(document), message, help=help_)


def _place(document: Document) -> Node | Span:
    name = document.root.get("name") if document.root else None
    return name or document.type or Span(0, min(1, len(document.source.text)))
