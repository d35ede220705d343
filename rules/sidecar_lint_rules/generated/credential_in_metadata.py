from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    PREDEFINED,
    Bad,
    Document,
    Finding,
    Mapping,
    Node,
    Rule,
    Scalar,
    Severity,
    Span,
    Stage,
    Use,
    as_mapping,
    names_credential,
)

_AT_START: Final = "name it under `secrets` instead"
_OF_BUILD: Final = "no secret reaches a build: read it from `secrets` at the start, or build outside Copilot"
_OF_SECRET: Final = "store the value, with `copilot secret init`, and write the parameter's name"
#: A text that is nothing but a variable of the shell. With more around it, it is (a part of) a name.
_BEFORE_PASSWORD: Final = r"://[^\s/:@'\"]{1,60}:$"
_LONGEST_BEFORE: Final = 80
_VARIABLE: Final = r"\$\{\w+\}"


class CredentialInMetadata(Rule):
    r"""A credential of the shell is written into the CloudFormation template.

    Copilot puts the value of the shell's variable for `${NAME}`, and keeps the whole manifest as it is then,
    with every environment and every comment, under `Metadata` of the template. Who may read the stack
    (`cloudformation:GetTemplate`), the bucket with the templates, or the output of `svc package`, reads the
    value, also where only another environment uses it.

    What stands for the password in an address is one, whatever its name.

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
    also_good = (
        """
        secrets:
          API_KEY: {secretsmanager: '${API_SECRET}'}
          DB_PASSWORD: {from_cfn: '${STACK_PASSWORD}'}
          TOKEN: /shop/${SHOP_TOKEN}
        sidecars:
          proxy: {image: 'nginx:1', secrets: {TOKEN: {secretsmanager: 'proxy/${PROXY_TOKEN}'}}}
        environments:
          prod: {secrets: {API_KEY: {secretsmanager: '${PROD_SECRET}:key::'}}}
        """,
    )
    also_bad = (
        Bad(
            """
            variables:
              DATABASE_URL: postgres://${DB_USER}:${PW}@db.example.com/app
            #                                     ^^^^^ SL747
              CONNECTION: Server=db;Password=${PWD_OF_DB};Database=${DB}
            #                                ^^^^^^^^^^^^ SL747
              OTHER: https://${HOST}:${PORT}/a@b
              LOCAL: postgres://app:${COPILOT_ENVIRONMENT_NAME}@localhost/app
            """
        ),
        Bad(
            """
            secrets:
              API_KEY: ${API_KEY}
            #          ^^^^^^^^^^ SL747
              OTHER: {secretsmanager: '${OTHER_SECRET}'}
            variables: {COPY: '${OTHER_SECRET}'}
            #                  ^^^^^^^^^^^^^^^ SL747
            """
        ),
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
        for use, help_ in credentials_in_metadata(document):
            message = f"the value of {use.name} gets into the template's metadata"
            yield self.finding(use.span, message, help=help_)


def credentials_in_metadata(document: Document) -> Iterator[tuple[Use, str]]:
    """The first use of each variable of the shell that holds a credential, and what to do about it."""
    told: set[str] = set()
    uses = [each for each in document.uses if not each.escaped and each.name not in PREDEFINED]
    places = sorted(set(_places(document))) if uses else []
    for use in uses:
        is_named = names_credential(use.name) or _is_password(document.source.text, use.span)
        if use.name in told or not is_named:
            continue
        if help_ := _help(use.span, places):
            told.add(use.name)
            yield use, help_


def _is_password(text: str, span: Span) -> bool:
    """Whether a place is that of the password in an address, or in a connection string."""
    before = text[max(0, span.start - _LONGEST_BEFORE) : span.start]
    is_in_address = text.startswith("@", span.end) and re.search(_BEFORE_PASSWORD, before) is not None
    return is_in_address or re.search(r"(?i)[;?&'\"\s](?:password|pwd)=$", before) is not None


def _help(span: Span, places: list[tuple[Span, str]]) -> str:
    """What is said of a place by the one around it, of places in a row."""
    at = bisect_right(places, span.start, key=lambda place: place[0].start) - 1
    is_within = at >= 0 and span.end <= places[at][0].end
    return places[at][1] if is_within else _AT_START


def _places(document: Document) -> Iterator[tuple[Span, str]]:
    """Where other advice helps, with that; none where a name stands instead of a credential."""
    for container in _containers(document):
        arguments = as_mapping(as_mapping(container.get("image")).get("build")).get("args")
        if arguments is not None:
            yield arguments.span, _OF_BUILD
        for field in ("secrets", "secretOptions"):
            for secret in _values(container.get(field)):
                is_value = isinstance(secret, Scalar) and re.fullmatch(_VARIABLE, secret.template or "")
                yield secret.span, _OF_SECRET if is_value else ""


def _containers(document: Document) -> Iterator[Mapping]:
    """What is written of every container, for every environment."""
    root = as_mapping(document.root)
    for manifest in map(as_mapping, (root, *_values(root.get("environments")))):
        of_all = (manifest, manifest.get("logging"), *_values(manifest.get("sidecars")))
        yield from map(as_mapping, of_all)


def _values(node: Node | None) -> Iterator[Node]:
    return (value for _, value in as_mapping(node))
