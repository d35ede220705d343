from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from sidecar_lint import (
    Bad,
    Document,
    Finding,
    Related,
    Rule,
    Scalar,
    Secret,
    SecretInput,
    Severity,
    Stage,
    can_name_environment,
    slip,
)

#: An application has few; what has more is told about in the first.
_MOST_ENVIRONMENTS: Final = 50


class SecretMissingInEnvironment(Rule):
    """A secret has a value in some environments of an input file, and not in one where it is used.

    Not every secret is needed everywhere, and a value may be stored by hand. But where a manifest
    uses it, an environment needs one: ECS starts no task that it cannot give all its secrets.
    """

    code, name = "SL622", "secret-missing-in-environment"
    severity, stage = Severity.INFO, Stage.TASK
    effect = "no task starts there unless the parameter is stored in another way"
    sources = ("Copilot documentation: secret init", "Amazon ECS: ResourceInitializationError")
    good = (
        """
        secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
        environments:
          test: {secrets: {KEY: /copilot/shop/test/secrets/api_key}}
          prod: {count: 2}
        # file: secrets.yml
        db_password: {test: a, prod: b}
        api_key: {test: c}
        """,
    )
    bad = (
        Bad(
            """
            secrets:
              PASSWORD: /copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password
              KEY: /copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/api_key
            environments: {test: {count: 1}, prod: {count: 2}}
            # file: secrets.yml
            db_password: {test: a, prod: b}
            api_key: {test: c}
            ^^^^^^^ SL622
            """
        ),
    )

    def check_secret_input(self, secret_input: SecretInput) -> Iterator[Finding]:
        from sidecar_lint import secret_inputs_of

        if secret_input.workspace is None:
            return
        inputs = secret_inputs_of(secret_input.workspace)
        if not inputs.are_all_known:
            return
        stored: dict[str, set[str]] = {}
        for each in (secret_input, *inputs):
            for value in each.values:
                stored.setdefault(value.secret.text, set()).add(value.environment.text)
        names = {value.secret.text: value.secret for value in secret_input.values}
        environments = filter(can_name_environment, secret_input.environments)
        for environment in islice(environments, _MOST_ENVIRONMENTS):
            uses = inputs.used_in(environment)
            for name, use in uses.items():
                if name in names and not _is_there(environment, stored[name]):
                    yield self._missing(names[name], environment, *use)

    def _missing(self, key: Scalar, environment: str, document: Document, secret: Secret) -> Finding:
        name, user = key.text, document.manifests[0].name
        related = (Related(secret.key.span, "the secret is used here", document.source),)
        message = f"{name!r} has no value for environment {environment!r}, where {user} uses it"
        help_ = f"write one, or `copilot secret init --name {name}`"
        return self.finding(key.span, message, help=help_, environments=(environment,), related=related)


def _is_there(environment: str, stored: set[str]) -> bool:
    """Whether a secret has a value for an environment, if under a name that has a slip in it."""
    return environment in stored or any(slip(each, [environment]) for each in stored)
