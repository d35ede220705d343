from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Rule, Scalar, SecretInput, Severity, Stage


class NewlineInSecret(Rule):
    """A secret of one line ends in a newline.

    A text after `|` or `>` keeps the end of its last line, and so does the parameter. Passwords and
    tokens are then compared with one character too many. `|-` leaves it out.
    """

    code, name = "SL625", "newline-in-secret"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "the newline is stored as a part of the secret"
    sources = ("YAML 1.2.2: 8.1.1.2, block chomping indicator",)
    good = (
        """
        secrets: {TOKEN: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/token'}
        environments: {test: {count: 1}, prod: {count: 2}}
        # file: secrets.yml
        token:
          test: |-
            abc
          prod: |
            -----BEGIN KEY-----
            abc
        """,
    )
    bad = (
        Bad(
            """
            secrets: {TOKEN: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/token'}
            environments: {test: {count: 1}}
            # file: secrets.yml
            token:
              test: |
            # ^^^^ SL625
                abc
            """
        ),
    )
    also_good = (
        r"""
        secrets: {KEY: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/api_key'}
        environments: {test: {count: 1}}
        # file: secrets.yml
        api_key: {test: a}
        other: {test: "abc\n"}
        """,
    )

    def check_secret_input(self, secret_input: SecretInput) -> Iterator[Finding]:
        for value in secret_input.values:
            node, text = value.node, value.text or ""
            block = isinstance(node, Scalar) and node.style in ("|", ">")
            if not block or not text.endswith("\n") or "\n" in text.strip("\n"):
                continue
            where = value.environment.text
            message = f"{value.secret.text!r} ends in a newline in environment {where!r}"
            help_ = "write `|-` to leave the newline out"
            yield self.finding(value.environment.span, message, help=help_, environments=(where,))
