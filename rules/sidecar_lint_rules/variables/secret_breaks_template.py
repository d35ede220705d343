from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sidecar_lint import Bad, Edit, Finding, Fix, Manifest, Rule, Scalar, Severity, Stage, unquoted
from sidecar_lint_rules.generated._texts import judged


class SecretBreaksTemplate(Rule):
    """The source of a secret cannot stand in Copilot's template without quotes.

    Copilot writes the name or ARN of a secret into its CloudFormation template as it is. The ARN of
    one key of a secret ends with colons, `…:username::`, and a colon at the end is not text to YAML.
    Quotes in the manifest are gone when Copilot has read it, so the text needs a second pair:
    `"'arn:…:username::'"`. A name of Secrets Manager does not: `{secretsmanager: 'name:username::'}`.
    """

    code, name = "SL606", "secret-breaks-template"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails after the images are built: Copilot's own template is not YAML"
    sources = (
        "internal/pkg/template/templates/workloads/partials/cf/secrets.yml",
        "aws/copilot-cli#2199",
        "aws/copilot-cli#2132",
    )
    good = (
        """
        secrets:
          USER: "'arn:aws:secretsmanager:us-west-2:111122223333:secret:db-Ab12Cd:username::'"
          PASSWORD: {secretsmanager: 'db:password::'}
          ALL: arn:aws:secretsmanager:us-west-2:111122223333:secret:db-Ab12Cd
        """,
    )
    bad = (
        Bad(
            """
            secrets:
              USER: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:db-Ab12Cd:username::'
            #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL606
            """,
            fixed="""USER: "'arn:aws:secretsmanager:us-west-2:111122223333:secret:db-Ab12Cd:username::'\"""",
        ),
    )
    also_bad = (
        Bad(
            """
            secrets:
              USER: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:${COPILOT_ENVIRONMENT_NAME}-db:username::'
            #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL606
              OTHER: 'db: password'
            #        ^^^^^^^^^^^^^^ SL606
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for secret in manifest.odd_secrets:
            value = secret.value
            if value is None or secret.form:
                continue
            if _breaks(value.text):
                message = f"{value.text!r} cannot stand unquoted in a template"
                help_ = "put a second pair of quotes around it"
                found = self.finding(value, message, help=help_, fixes=_fix(value))
                yield judged(manifest, found, value.text)


@lru_cache(maxsize=4096)  # a name is asked about in each environment, and again with each keystroke
def _breaks(text: str) -> bool:
    """Whether a text cannot stand without quotes."""
    outcome, _ = unquoted(text.rstrip())
    return outcome.breaks


def _fix(value: Scalar) -> tuple[Fix, ...]:
    if not value.is_verbatim or not value.text.startswith("arn:") or '"' in value.text:
        return ()
    return (Fix("add quotes", (Edit(value.span, f"\"'{value.text}'\""),), safe=True),)
