from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Edit,
    Finding,
    Fix,
    Related,
    Rule,
    SecretInput,
    SecretValue,
    Severity,
    Stage,
    can_name_environment,
    quoted,
    slip,
)


class UnknownSecretEnvironment(Rule):
    """An input file of `copilot secret init` has a value for an environment that there is not.

    Copilot looks every environment of the file up before it stores anything. Where one is not an
    environment of the application, the command ends there, and no secret is stored at all.

    Environments can exist without a manifest under `copilot/environments/`, so a name that nothing
    else in the workspace has is only doubtful, unless it is nearly that of another, or one that
    Copilot lets no environment have.
    """

    code, name = "SL616", "unknown-secret-environment"
    severity, stage = Severity.WARNING, Stage.COPILOT
    effect = "Copilot finds no such environment and stores none of the secrets in the file"
    sources = (
        "internal/pkg/cli/secret_init.go: configureClientsAndUpgradeForEnvironments",
        "internal/pkg/cli/validate.go: basicNameValidation",
    )
    good = (
        """
        secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
        # file: copilot/environments/test/manifest.yml
        name: test
        type: Environment
        # file: copilot/environments/test2/manifest.yml
        name: test2
        type: Environment
        # file: secrets.yml
        db_password: {test: a, test2: b}
        """,
    )
    bad = (
        Bad(
            """
            secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
            # file: copilot/environments/prod/manifest.yml
            name: prod
            type: Environment
            # file: secrets.yml
            db_password:
              prod: a
            api_key:
              prdo: b
            # ^^^^ SL616
            """,
            fixed="  prod: b",
        ),
        Bad(
            """
            secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
            environments: {test: {count: 1}}
            # file: secrets.yml
            db_password:
              test: a
              Prod: b
            # ^^^^ SL616
            """
        ),
    )
    also_good = (
        """
        secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
        # file: copilot/environments/prod/manifest.yml
        # file: secrets.yml
        db_password: {prod: a, staging: b, demo: c}
        """,
    )
    also_bad = (
        Bad(
            """
            secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
            # file: copilot/environments/prod/manifest.yml
            # file: secrets.yml
            db_password: {prod: a, staging: b}
            #                      ^^^^^^^ SL616
            """
        ),
        Bad(
            """
            secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
            # file: copilot/environments/prod/manifest.yml
            # unreadable file: copilot/web/manifest.yml
            # file: secrets.yml
            db_password: {prod: a, prdo: b}
            #                      ^^^^ SL616
            """
        ),
    )

    def check_secret_input(self, secret_input: SecretInput) -> Iterator[Finding]:
        from sidecar_lint import secret_inputs_of

        workspace = secret_input.workspace
        known = secret_inputs_of(workspace).environments if workspace else frozenset[str]()
        # A manifest that was not read may name another.
        is_whole = workspace is None or workspace.has_all_manifests
        values: dict[str, list[SecretValue]] = {}
        for value in secret_input.values:
            if value.environment.text not in known:
                values.setdefault(value.environment.text, []).append(value)
        for name, (first, *others) in values.items():
            if is_whole and (meant := slip(name, known)):
                fix = _replacement([first, *others], meant)
                message = f"there is no environment {name!r}"
                found = self.finding(first.environment, message, help=fix.title, fixes=(fix,))
            elif not can_name_environment(name):
                message = f"no environment can be called {name!r}"
                found = self.finding(first.environment, message, help=_RULE, severity=Severity.ERROR)
            elif workspace and workspace.environments and len(values) == 1:
                message = f"copilot/environments/ has no manifest of an environment {name!r}"
                info = Severity.INFO
                found = self.finding(first.environment, message, severity=info, effect=_DOUBTFUL)
            else:
                continue
            related = tuple(Related(value.environment.span, "and here") for value in others)
            yield found._replace(related=related, environments=(name,))


def _replacement(values: list[SecretValue], meant: str) -> Fix:
    keys = [value.environment for value in values if value.environment.alias is None]
    return Fix(f"write `{meant}`", tuple(Edit(key.span, quoted(meant, key.style)) for key in keys))


_RULE = "the name of an environment is of small letters, digits and single hyphens"
_DOUBTFUL = "if there is no such environment, Copilot stores none of the secrets in the file"
