from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Document,
    Finding,
    Node,
    Rule,
    Severity,
    Span,
    Stage,
    as_mapping,
    names_credential,
)

_AT_START: Final = "name it under `secrets` instead"
_OF_BUILD: Final = "no secret reaches a build: read it from `secrets` at the start, or build outside Copilot"


class CredentialInMetadata(Rule):
    r"""A credential of the shell is written into the CloudFormation template.

    Copilot puts the value of the shell's variable for `${NAME}`, and keeps the whole manifest as it is then,
    with every environment and every comment, under `Metadata` of the template. Who may read the stack
    (`cloudformation:GetTemplate`), the bucket with the templates, or the output of `svc package`, reads the
    value, also where only another environment uses it.

    Store it with `copilot secret init` and name it under `secrets`. These are there when a container starts,
    and not while its image is built: what only a build needs can be a secret of a build outside Copilot.
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
    also_bad = (
        Bad(
            """
            command: run ${START_TOKEN}
            #            ^^^^^^^^^^^^^^ SL747
            image:
              build: {dockerfile: Dockerfile, args: {NPM_TOKEN: '${NPM_TOKEN}'}}
            #                                                    ^^^^^^^^^^^^ SL747
            variables: {TEXT: 'of ${OTHER_TOKEN}'}
            #                     ^^^^^^^^^^^^^^ SL747
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        told, built = set(), list(_build_arguments(document))
        for use in document.uses:
            if not use.escaped and use.name not in told and names_credential(use.name):
                told.add(use.name)
                message = f"the value of {use.name} gets into the template's metadata"
                is_built = any(each.start <= use.span.start and use.span.end <= each.end for each in built)
                yield self.finding(use.span, message, help=_OF_BUILD if is_built else _AT_START)


def _build_arguments(document: Document) -> Iterator[Span]:
    """Where the arguments of the builds stand, of every container and environment."""
    root = as_mapping(document.root)
    for manifest in (root, *_values(root.get("environments"))):
        for holder in (manifest, *_values(as_mapping(manifest).get("sidecars"))):
            image = as_mapping(as_mapping(holder).get("image"))
            arguments = as_mapping(image.get("build")).get("args")
            if arguments is not None:
                yield arguments.span


def _values(node: Node | None) -> Iterator[Node]:
    return (value for _, value in as_mapping(node))
