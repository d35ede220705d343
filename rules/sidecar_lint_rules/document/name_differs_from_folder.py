from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Document, Finding, Rule, Scalar, Severity, Stage


class NameDiffersFromFolder(Rule):
    """The workload's name is not that of its folder under `copilot/`.

    Copilot reads every manifest of the workspace before it does anything with one of them, compares
    `name` as it is written with the name of the folder, and gives up at the first that differs: the
    other workloads cannot be deployed either.

    The name of a workload that is deployed is a part of its stack, its log groups and its address.
    Where only the name or only the folder was changed, change that one back.
    """

    code, name = "SL013", "name-differs-from-folder"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses every command about any workload: name and directory do not match"
    sources = ("internal/pkg/workspace/workspace.go: manifestNameMatchWithDir, listWorkloads",)
    good = (
        """
        name: api
        # file: copilot/web/manifest.yml
        name: "web"
        # file: copilot/worker/manifest.yml
        name: ${WORKER}
        """,
        """
        # file: copilot/templates/manifest.yml
        name: orders
        """,
        """
        name: api
        # file: copilot/env/manifest.yml
        name: test
        type: Environment
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/web/manifest.yml
            name: website
            #     ^^^^^^^ SL013
            """,
            fixed="name: web",
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        workload = document.workload
        name = document.root.get("name") if document.root and workload else None
        # A script may fill a variable in; Copilot compares it as it is.
        if workload is None or not isinstance(name, Scalar) or "$" in name.text or _is_other(document):
            return
        folder = workload.folder_name
        if name.text != folder and workload.workspace.is_certain:
            message = f"the name is {name.text!r}, and the folder's is {folder!r}"
            help_ = f"write `{folder}`, or rename the folder to {name.text}"
            yield self.finding(name, message, help=help_, replace=folder)


def _is_other(document: Document) -> bool:
    """Whether it is the manifest of an environment, whose place is wrong and not its name."""
    kind = document.root.get("type") if document.root else None
    return isinstance(kind, Scalar) and kind.text == "Environment"
