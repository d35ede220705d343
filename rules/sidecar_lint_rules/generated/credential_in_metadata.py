from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Document, Finding, Rule, Severity, Stage, names_credential


class CredentialInMetadata(Rule):
    r"""A credential of the shell is written into the CloudFormation template.

    Copilot puts the value of the shell's variable for `${NAME}`, and keeps the whole manifest as it is then,
    with every environment and every comment, under `Metadata` of the template. Who may read the stack
    (`cloudformation:GetTemplate`), the bucket with the templates, or the output of `svc package`, reads the
    value, also where only another environment uses it.

    Store it with `copilot secret init` and name it under `secrets`. What is only needed while an image is
    built can be a secret of the build, or an argument that the pipeline sets.
    """

    code, name = "SL747", "credential-in-metadata"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the value stands in clear in the template of every environment"
    sources = ("internal/pkg/template/templates/workloads: Metadata.Manifest",)
    good = (
        r"variables: {TOKEN: '\${TOKEN}', SECRET_NAME: '${SECRET_NAME}', STAGE: '${COPILOT_ENVIRONMENT_NAME}'}",
        "secrets: {DB_PASSWORD: /copilot/shop/prod/secrets/DB_PASSWORD}",
    )
    bad = (
        Bad(
            """
            image:
              build:
                dockerfile: Dockerfile
                args:
                  NPM_TOKEN: ${NPM_TOKEN}
            #                ^^^^^^^^^^^^ SL747
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        told = set()
        for use in document.uses:
            if not use.escaped and use.name not in told and names_credential(use.name):
                told.add(use.name)
                message = f"the value of {use.name} gets into the template's metadata"
                yield self.finding(use.span, message, help="name it under `secrets` instead")
