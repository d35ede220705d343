from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Rule, SecretInput, Severity, Stage


class ParameterInSecret(Rule):
    """A secret holds `{{…}}`, which Systems Manager takes for another parameter.

    Parameters cannot be nested, and there is no way to escape the brackets. Templates that use them
    (Go, Jinja, Prometheus, Handlebars) can be stored in Secrets Manager, or encoded.
    """

    code, name = "SL619", "parameter-in-secret"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot cannot store it: SSM says that a parameter value can't nest another parameter"
    sources = ("AWS Systems Manager: PutParameter, Value",)
    good = (
        """
        secrets: {GREETING: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/greeting'}
        environments: {test: {count: 1}}
        # file: secrets.yml
        greeting: {test: 'hello {name}'}
        """,
    )
    bad = (
        Bad(
            """
            secrets: {GREETING: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/greeting'}
            environments: {test: {count: 1}}
            # file: secrets.yml
            greeting:
              test: 'hello {{ name }}'
            # ^^^^ SL619
            """
        ),
    )

    def check_secret_input(self, secret_input: SecretInput) -> Iterator[Finding]:
        from sidecar_lint import is_collector

        for value in secret_input.values:
            text = value.text or ""
            if is_collector(secret_input, value) or not _has_braces(text):
                continue
            where = value.environment.text
            message = f"{value.secret.text!r} has a text in double braces for environment {where!r}"
            help_ = "store it in Secrets Manager, or encode it"
            yield self.finding(value.environment.span, message, help=help_, environments=(where,))


def _has_braces(text: str) -> bool:
    """Whether something stands in double braces."""
    return "}}" in text.partition("{{")[2]
