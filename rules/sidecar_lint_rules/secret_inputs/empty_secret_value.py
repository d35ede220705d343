from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Rule, Scalar, SecretInput, Severity, Stage


class EmptySecretValue(Rule):
    """A secret has no value in an input file of `copilot secret init`.

    Systems Manager stores no empty parameter: Copilot reports the failure once it has stored the
    others. A secret without any environment is passed over without a word, and even listed as one
    that manifests can use now.
    """

    code, name = "SL617", "empty-secret-value"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot cannot store it: SSM refuses an empty value"
    sources = ("internal/pkg/cli/secret_init.go: putSecret", "AWS Systems Manager: PutParameter, Value")
    good = (
        """
        secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
        environments: {test: {count: 1}, prod: {count: 2}}
        # file: secrets.yml
        db_password:
          test: ' '
          prod: 0
        """,
    )
    bad = (
        Bad(
            """
            secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
            environments: {test: {count: 1}, prod: {count: 2}}
            # file: secrets.yml
            db_password:
              test: secret
              prod:
            # ^^^^ SL617
            api_key:
              test: ''
            # ^^^^ SL617
              prod: secret
            unfinished:
            ^^^^^^^^^^ SL617
            """
        ),
    )

    def check_secret_input(self, secret_input: SecretInput) -> Iterator[Finding]:
        for value in secret_input.values:
            if value.text == "":
                where = value.environment.text
                message = f"{value.secret.text!r} has no value for environment {where!r}"
                help_ = "write a value, or leave the environment out"
                yield self.finding(value.environment.span, message, help=help_, environments=(where,))
        for name, node in secret_input.root:
            if isinstance(node, Scalar) and node.is_null:
                yield self.finding(
                    name.span,
                    f"{name.text!r} has no value for any environment",
                    help="write a map of environments and values",
                    effect="nothing is stored",
                    severity=Severity.WARNING,
                    stage=Stage.SILENT,
                )
