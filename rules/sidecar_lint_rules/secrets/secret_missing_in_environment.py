from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Related,
    Rule,
    SecretInput,
    Severity,
    Span,
    Stage,
    can_name_environment,
    slip,
)


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
        inputs = secret_input.workspace.secret_inputs if secret_input.workspace else None
        if inputs is not None and not inputs.are_all_known:
            return
        stored = {
            (value.secret.text, value.environment.text)
            for each in (secret_input, *(inputs or ()))
            for value in each.values
        }
        names = {value.secret.text: value.secret for value in secret_input.values}
        for environment in filter(can_name_environment, secret_input.environments):
            for name, key in names.items():
                meant = (each for secret, each in stored if secret == name)
                if (name, environment) in stored or any(slip(each, [environment]) for each in meant):
                    continue
                yield from self._used(secret_input, name, key.span, environment)

    def _used(self, secret_input: SecretInput, name: str, span: Span, environment: str) -> Iterator[Finding]:
        workspace = secret_input.workspace
        for document, secret in workspace.secret_inputs.uses_of(name, environment) if workspace else ():
            user = document.manifests[0].name
            related = (Related(secret.key.span, "the secret is used here", document.source),)
            message = f"{name!r} has no value for environment {environment!r}, where {user} uses it"
            help_ = f"write one, or `copilot secret init --name {name}`"
            yield self.finding(span, message, help=help_, environments=(environment,), related=related)
            return
