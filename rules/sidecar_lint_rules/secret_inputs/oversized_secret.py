from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Rule, SecretInput, SecretValue, Severity, Stage

#: Characters that an SSM parameter of the standard and of the advanced tier holds.
_STANDARD: Final = 4096
_ADVANCED: Final = 8192


class OversizedSecret(Rule):
    """A secret is longer than an SSM parameter can be.

    `copilot secret init` asks for no tier, so a parameter is of the standard one, which holds 4,096
    characters, unless the account's default is another. No tier holds more than 8,192.

    Whether Systems Manager counts letters that take several bytes as one is not documented. A value
    that is too long only in bytes is information.
    """

    code, name = "SL618", "oversized-secret"
    severity, stage = Severity.WARNING, Stage.COPILOT
    effect = "Copilot cannot store it, unless the default tier of parameters in the account is another"
    sources = ("AWS Systems Manager: PutParameter, Value and Tier", "internal/pkg/aws/ssm/ssm.go")
    good = (
        f"""
        secrets: {{KEY: '/copilot/shop/${{COPILOT_ENVIRONMENT_NAME}}/secrets/key'}}
        environments: {{test: {{count: 1}}}}
        # file: secrets.yml
        key: {{test: {"k" * _STANDARD}}}
        """,
    )
    bad = (
        Bad(
            f"""
            secrets: {{KEY: '/copilot/shop/${{COPILOT_ENVIRONMENT_NAME}}/secrets/key'}}
            environments: {{test: {{count: 1}}}}
            # file: secrets.yml
            key:
              test: {"k" * (_STANDARD + 1)}
            # ^^^^ SL618
            """
        ),
    )

    also_bad = (
        Bad(
            f"""
            secrets: {{KEY: '/copilot/shop/${{COPILOT_ENVIRONMENT_NAME}}/secrets/key'}}
            environments: {{test: {{count: 1}}}}
            # file: secrets.yml
            key:
              test: {"k" * _ADVANCED}
            # ^^^^ SL618
            """
        ),
    )

    def check_secret_input(self, secret_input: SecretInput) -> Iterator[Finding]:
        from sidecar_lint import is_collector

        for value in secret_input.values:
            if value.text and not is_collector(secret_input, value):
                yield from self._check(value, len(value.text), len(value.text.encode("utf-8", "replace")))

    def _check(self, value: SecretValue, characters: int, size: int) -> Iterator[Finding]:
        place, environments = value.environment.span, (value.environment.text,)
        named = f"{value.secret.text!r} has {characters:,} characters"
        if characters > _ADVANCED:
            yield self.finding(
                place,
                f"{named}, and no SSM parameter holds more than {_ADVANCED:,}",
                help="store it in Secrets Manager, or split it",
                effect="Copilot cannot store it: SSM refuses the value",
                severity=Severity.ERROR,
                environments=environments,
            )
        elif characters > _STANDARD:
            message = f"{named}, and a standard SSM parameter holds {_STANDARD:,}"
            yield self.finding(place, message, help=_HELP, environments=environments)
        elif size > _STANDARD:
            message = f"{named} in {size:,} bytes, and a standard SSM parameter holds 4 KB"
            yield self.finding(place, message, severity=Severity.INFO, environments=environments)


_HELP = "shorten it, or store it in Secrets Manager"
