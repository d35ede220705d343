from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Mapping, Node, Related, Rule, Scalar, SecretInput, Severity, Stage


class MalformedSecretInput(Rule):
    """An input file of `copilot secret init` is not a map of secrets, environments and texts.

    Copilot decodes the whole file first. A list or a map where a text belongs, a value where there
    should be a map of environments, or a name that is written twice make it refuse the file; no
    secret is stored. Of several documents it reads the first.
    """

    code, name = "SL621", "malformed-secret-input"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the file and stores none of the secrets in it"
    sources = ("internal/pkg/cli/secret_init.go: parseSecretsInputFile",)
    good = (
        """
        secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
        environments: {test: {count: 1}}
        # file: secrets.yml
        db_password: {test: 012}
        flag: {test: yes}
        """,
    )
    bad = (
        Bad(
            """
            secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
            environments: {test: {count: 1}}
            # file: secrets.yml
            db_password: {test: a}
            api_key: abc
            ^^^^^^^ SL621
            hosts:
              test: [a, b]
            # ^^^^ SL621
            other: {test: a}
            mail: {test: b}
            other: {test: c}
            ^^^^^ SL621
            """
        ),
    )
    also_bad = (
        Bad(
            """
            secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
            environments: {test: {count: 1}}
            # file: secrets.yml
            db_password: &password {test: a, test: b}
            #                                ^^^^ SL621
            old_password: *password
            """
        ),
    )

    def check_secret_input(self, secret_input: SecretInput) -> Iterator[Finding]:
        root = secret_input.root
        yield from self._twice(root)
        for name, node in root:
            if not isinstance(node, Mapping) and not (isinstance(node, Scalar) and node.is_null):
                message = f"{name.text!r} must be a map of environments, and is {_a(node)}"
                yield self.finding(name.span, message, help="write the environment, a colon and the value")
            elif isinstance(node, Mapping):
                yield from self._twice(node)
        for value in secret_input.values:
            if value.text is None:
                where = value.environment.text
                message = (
                    f"{value.secret.text!r} must be a text in environment {where!r}, and is {_a(value.node)}"
                )
                help_ = "put it in quotes, or after `|`, to store it as it is written"
                yield self.finding(value.environment.span, message, help=help_, environments=(where,))
        yield from self._second(secret_input)

    def _twice(self, mapping: Mapping) -> Iterator[Finding]:
        for first, second in mapping.duplicates:
            message = f"{second.text!r} is already written above"
            related = (Related(first.span, "here"),)
            yield self.finding(second.span, message, help="keep one of them", related=related)

    def _second(self, secret_input: SecretInput) -> Iterator[Finding]:
        if span := secret_input.tree.second_document:
            yield self.finding(
                span,
                "a second document begins here",
                help="leave the separator out",
                effect="what follows is not stored",
                severity=Severity.WARNING,
                stage=Stage.SILENT,
            )


def _a(node: Node) -> str:
    if isinstance(node, Scalar):
        return "a single value"
    return "a map" if isinstance(node, Mapping) else "a list"
