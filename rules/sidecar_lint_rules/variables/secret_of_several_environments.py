from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    enumerated,
    may_read_other_secrets,
)

if TYPE_CHECKING:
    from sidecar_lint import Document

#: What `copilot secret init` makes: of which environment it is, stands in it.
_OF_COPILOT = "/copilot/"
_PARAMETER = r"/[^\s:]+"

_NAME = "put ${COPILOT_ENVIRONMENT_NAME} into the name, and make a secret for each environment"
#: AWS puts random characters at the end of the ARN of a secret, so it cannot be made from a name.
_ARN = "write the ARN of each environment's own secret under `environments`"


class SecretOfSeveralEnvironments(Rule):
    """Several environments use one secret, whose tag can name one of them only.

    The role with which a task starts may read the parameters and secrets that are tagged `copilot-application` and
    `copilot-environment`, with the names of the application and of the environment. `copilot secret init` makes one
    for each environment, with its tags. A secret that was made otherwise and has the same name everywhere has one
    tag `copilot-environment`: the tasks of the other environments cannot read it. Where each environment has an
    account or a region of its own, there may be a secret of that name in each, so this is information, once for a
    manifest.
    """

    code, name = "SL634", "secret-of-several-environments"
    severity, stage = Severity.INFO, Stage.TASK
    effect = "where they share an account and a region, no task starts in the others: access to the secret is denied"
    sources = (
        "internal/pkg/template/templates/workloads/partials/cf/executionrole.yml",
        "Copilot documentation: Secrets, bring your own secrets",
    )
    good = (
        """
        secrets:
          KEY: /copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/KEY
          DB: {secretsmanager: 'shop/${COPILOT_ENVIRONMENT_NAME}/db'}
        environments: {test: {}, prod: {}}
        """,
        "secrets: {KEY: /shop/key}\nenvironments: {test: {}}",
        "secrets: {KEY: /shop/test/key}\nenvironments: {test: {}, prod: {secrets: {KEY: /shop/prod/key}}}",
    )
    bad = (
        Bad(
            """
            secrets:
              DB: /shop/db
            #     ^^^^^^^^ SL634
              KEY: {secretsmanager: 'shop/key:token::'}
            environments: {test: {}, prod: {}}
            """
        ),
    )

    also_bad = (
        Bad(
            """
            secrets:
              DB: {secretsmanager: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf'}
            #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL634
            environments: {test: {}, prod: {}}
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        used: dict[str, list[tuple[Scalar, str]]] = {}
        for manifest in document.manifests if len(document.overrides) > 1 else ():
            if not manifest.is_base and not may_read_other_secrets(manifest):
                for value in _of_others(manifest):
                    used.setdefault(value.text, []).append((value, manifest.environment))
        shared = [uses for uses in used.values() if len({environment for _, environment in uses}) > 1]
        if shared:
            yield self._told(shared)

    def _told(self, shared: list[list[tuple[Scalar, str]]]) -> Finding:
        """One finding at the first of them."""
        ((first, _), *_), *others = shared
        environments = dict.fromkeys(environment for uses in shared for _, environment in uses)
        names = enumerated((repr(uses[0][0].text) for uses in shared), " and ")
        return self.finding(
            first,
            f"{enumerated(environments, ' and ')} share {names}, and the tag copilot-environment names one of them",
            help=_ARN if first.text.startswith("arn:") else _NAME,
            related=tuple(Related(other.place, "this, too") for (other, _), *_ in others),
        )


def _of_others(manifest: Manifest) -> Iterator[Scalar]:
    """The names of secrets that Copilot did not make."""
    for secret in manifest.odd_secrets:
        value = secret.value
        if value is None or not value.known or not value.text or value.text.startswith(_OF_COPILOT):
            continue
        if secret.form == "secretsmanager" or (not secret.form and re.fullmatch(_PARAMETER, value.text)):
            yield value
