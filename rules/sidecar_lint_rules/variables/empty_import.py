from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Mapping, Rule, Scalar, Severity, Stage


class EmptyImport(Rule):
    """A variable is imported from another stack, and the name of the export is empty.

    `from_cfn` takes the name of a CloudFormation export. Copilot refuses an empty one for the
    service's own container. It does not look at those of sidecars and of the log router, so these
    go into the template and CloudFormation refuses them.
    """

    code, name = "SL610", "empty-import"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: name cannot be an empty string"
    sources = ("internal/pkg/manifest/validate.go: TaskConfig.validate, fromCFN.validate",)
    good = ("variables: {TABLE: {from_cfn: '${COPILOT_APPLICATION_NAME}-table'}, EMPTY: ''}",)
    bad = (
        Bad(
            """
            variables:
              TABLE: {from_cfn: ''}
            #                   ^^ SL610
            """
        ),
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                variables:
                  TABLE: {from_cfn: ''}
            #                       ^^ SL610
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for container, key, node in manifest.container_entries("variables"):
            export = node.get("from_cfn") if isinstance(node, Mapping) else None
            if not isinstance(export, Scalar) or not export.known or export.text:
                continue
            message = f"variable {key.text!r} imports an export without a name"
            if container.is_main:
                yield self.finding(export, message, help="write the name of the export")
            else:
                effect = "CloudFormation refuses the template: there is no export of that name"
                yield self.finding(
                    export, message, help="write the name of the export", effect=effect, stage=Stage.DEPLOY
                )
